/** What the launcher asks of the business: a request as JSON, once, in a process of its own. */
import { type AdminRequest, admin } from '../../gateways/ops/admin.ts';
import type { Core } from '../core.ts';
import { digestWith } from '../identity/api-key.ts';
import { openHouse } from './house.ts';

export async function answerAdmin(core: Core, argument: string): Promise<unknown> {
  const { runtime, tariffs, hashOf } = await openHouse(core);
  const sites = tariffs().map(({ site }) => site);
  const tools = { pool: core.pool, sites, hashOf, digestOf: digestWith(core.config.secret) };
  const request = JSON.parse(argument) as AdminRequest;
  return admin({ ...tools, send: (envelope) => runtime.send(envelope) }, request);
}
