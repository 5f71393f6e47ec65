/** The runtime of Andon in a process of the bench, as every edge calls it: with claims, boards, jobs, check of refusals. */
import { randomUUID } from 'node:crypto';
import { operator } from '../../actors/operator/operator.ts';
import { order } from '../../actors/order/order.ts';
import { readTariffs } from '../../gateways/work/tariffs.ts';
import { readConfig } from '../../src/config.ts';
import { openCore } from '../../src/core.ts';
import type { Answer, Envelope, Issuer } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { makeLog } from '../../src/telemetry/log.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import { environmentOf } from './environment.ts';
import type { Addresses } from './stand.ts';
import { TARIFFS } from './tariffs.ts';

export const BUYER_ID = uuid5(NAMESPACE.duty, 'bench buyer');
export const BUYER = issuerOf('buyer', BUYER_ID);
export const SYSTEM: Issuer = { role: 'system', roles: ['system'], id: 'bench', tenant: 'system' };
const SETTINGS = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
const FACTS = { volumeMm3: 1_000, areaMm2: 600, sizeMm: [10, 10, 10], triangles: 12, shells: 1, closed: true };
const LINES = [
  { name: 'Setup', amount: 1_500 },
  { name: 'Silver', amount: 3_500 },
];
const PRICE = { amount: 5_000, currency: 'EUR', lines: LINES, tariff: 'bench', validMs: 86_400_000, facts: FACTS };
const AT_ONCE = 500;

type Command = Envelope['command'];

export function issuerOf(role: string, id: string, site?: string): Issuer {
  return { role, roles: [role], id, tenant: 'house', ...(site === undefined ? {} : { site }) };
}

export interface AndonRuntime {
  send(kind: string, actor: string, issuer: Issuer, command: object): Promise<Answer>;
  /** Throws what was refused. */
  must(sent: Promise<Answer>): Promise<void>;
  draft(site?: string): Promise<string>;
  /** So many orders that operators of the site may capture. */
  approved(count: number, site?: string): Promise<string[]>;
  versionOf(order: string): Promise<number>;
  close(): Promise<void>;
}

export async function openRuntime(at: Addresses): Promise<AndonRuntime> {
  const config = readConfig(environmentOf(at));
  const core = await openCore(config, 'bench', makeLog('bench', 'error'), new Counters());
  const tariffs = await readTariffs(at.tariffs ?? TARIFFS);
  const runtime = core.runtime([order, operator], {
    operator: {
      kind: 'operator',
      claimPrefix: (id) => `slot:${id}:`,
      shape: (state, slots) => ({ state, slots }),
    },
    number: async () => String(Math.floor(Math.random() * 1e9)),
    model: async (id) => ({ id, tenant: 'house', owner: BUYER.id, name: 'cube.stl', bytes: 684, stored: true }),
    tariffs: async () => tariffs,
    times: async () => ({
      expireMs: 604_800_000,
      priceMs: 604_800_000,
      cancelMs: 1_800_000,
      handOverMs: 900_000,
      closeMs: 1_209_600_000,
    }),
  });
  const sendAs = (commandId: string, kind: string, actor: string, issuer: Issuer, command: object): Promise<Answer> => {
    const unsigned = { kind, actor, commandId, issuer, command: command as Command, repeatable: true };
    return runtime.send({ ...unsigned, hash: commandHash(config.secret, unsigned) });
  };
  const send: AndonRuntime['send'] = (...args) => sendAs(randomUUID(), ...args);
  const must = async (sent: Promise<Answer>): Promise<void> => {
    const answer = await sent;
    if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.details)}`);
  };

  const draft = async (site = 'north'): Promise<string> => {
    const commandId = randomUUID();
    const id = uuid5(NAMESPACE.order, commandId);
    const create = { type: 'create', model: randomUUID(), settings: SETTINGS, site };
    await must(sendAs(commandId, 'order', id, BUYER, create));
    return id;
  };
  const approve = async (site: string | undefined): Promise<string> => {
    const id = await draft(site);
    await must(send('order', id, BUYER, { type: 'submit' }));
    const job = { job: randomUUID(), revision: 1 };
    await must(send('order', id, SYSTEM, { type: 'pricing-started', ...job }));
    await must(send('order', id, SYSTEM, { type: 'priced', ...job, ...PRICE }));
    await must(send('order', id, BUYER, { type: 'approve', priceVersion: 1 }));
    return id;
  };

  return {
    send,
    must,
    draft,
    async approved(count, site) {
      const ids: string[] = [];
      while (ids.length < count) {
        const next = Math.min(AT_ONCE, count - ids.length);
        ids.push(...(await Promise.all(Array.from({ length: next }, () => approve(site)))));
      }
      return ids;
    },
    // From the log: what Redis has may be behind an answer that did not wait for it.
    versionOf: async (id) => (await core.reader.versions([{ kind: order.kind, actor: id }]))[0] ?? 0,
    close: () => core.close(),
  };
}
