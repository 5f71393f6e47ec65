/** What the launcher asks of the business: a request as JSON, once, in a process of its own. */
import { userInfo } from 'node:os';
import { text } from 'node:stream/consumers';
import { type AdminRequest, admin } from '../../gateways/ops/admin.ts';
import { adoptViews } from '../../gateways/work/adopt.ts';
import { type RebuildRequest, rebuildViews } from '../../gateways/work/rebuild.ts';
import type { Core } from '../core.ts';
import { digestWith } from '../identity/api-key.ts';
import { Sessions } from '../identity/sessions.ts';
import { DEFINITIONS } from './definitions.ts';
import { openHouse } from './house.ts';

type Request = AdminRequest | ({ readonly do: 'rebuild' } & RebuildRequest) | { readonly do: 'adopt-views' };

export async function answerAdmin(core: Core, argument: string): Promise<unknown> {
  const { runtime, tariffs, hashOf } = await openHouse(core);
  const sites = tariffs().map(({ site }) => site);
  const tools = {
    pool: core.pool,
    sites,
    hashOf,
    digestOf: digestWith(core.config.secret),
    endSessions: (user: string) =>
      new Sessions(core.pool, core.redis, core.keys, { has: () => false }).revokeAllOf(user),
    audit: (what: string, details: object) =>
      core.log.info({ event_type: what, by: `${userInfo().username} of this machine`, ...details }, what),
  };
  // What holds passwords comes by stdin: arguments stand in the list of processes.
  const request = JSON.parse(argument === '-' ? await text(process.stdin) : argument) as Request;
  const told = (progress: string): void => console.log(JSON.stringify({ progress }));
  const making = { definitions: DEFINITIONS, sites, told };
  if (request.do === 'rebuild') return rebuildViews(core, request, making);
  if (request.do === 'adopt-views') return adoptViews(core, making);
  return admin({ ...tools, send: (envelope) => runtime.send(envelope) }, request);
}
