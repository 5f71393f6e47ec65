/** Andon itself, in process: the runtime that every edge calls, with claims, board, jobs and the check of refusals. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
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
import type { Contender } from './contender.ts';
import { operatorIds } from './crew.ts';
import { environmentOf } from './environment.ts';
import type { Addresses } from './stand.ts';

export const BUYER_ID = uuid5(NAMESPACE.duty, 'bench buyer');
const BUYER = issuerOf('buyer', BUYER_ID);
const SYSTEM: Issuer = { role: 'system', roles: ['system'], id: 'bench', tenant: 'system' };
const SETTINGS = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
const FACTS = { volumeMm3: 1_000, areaMm2: 600, sizeMm: [10, 10, 10], triangles: 12, shells: 1, closed: true };
const LINES = [
  { name: 'Setup', amount: 1_500 },
  { name: 'Silver', amount: 3_500 },
];
const PRICE = { amount: 5_000, currency: 'EUR', lines: LINES, tariff: 'bench', validMs: 86_400_000, facts: FACTS };
/** Quantities that a tariff takes, so that a change differs from the one before. */
const QUANTITIES = 90;

type Command = Envelope['command'];

function issuerOf(role: string, id: string): Issuer {
  return { role, roles: [role], id, tenant: 'house', ...(role === 'operator' ? { site: 'north' } : {}) };
}

export async function andon(at: Addresses, operators: number): Promise<Contender> {
  const config = readConfig(environmentOf(at));
  const core = await openCore(config, 'bench', makeLog('bench', 'error'), new Counters());
  const tariffs = await readTariffs(join(import.meta.dirname, '../../tariffs'));
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
  const send = (
    kind: string,
    actor: string,
    issuer: Issuer,
    command: object,
    commandId = randomUUID(),
  ): Promise<Answer> => {
    const unsigned = { kind, actor, commandId, issuer, command: command as Command, repeatable: true };
    return runtime.send({ ...unsigned, hash: commandHash(config.secret, unsigned) });
  };
  const must = async (sent: Promise<Answer>): Promise<void> => {
    const answer = await sent;
    if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.details)}`);
  };
  const crew = operatorIds(operators).map((id) => issuerOf('operator', id));

  const draft = async (): Promise<string> => {
    const commandId = randomUUID();
    const id = uuid5(NAMESPACE.order, commandId);
    const create = { type: 'create', model: randomUUID(), settings: SETTINGS, site: 'north' };
    await must(send('order', id, BUYER, create, commandId));
    return id;
  };
  const approved = async (): Promise<string> => {
    const id = await draft();
    await must(send('order', id, BUYER, { type: 'submit' }));
    const job = { job: randomUUID(), revision: 1 };
    await must(send('order', id, SYSTEM, { type: 'pricing-started', ...job }));
    await must(send('order', id, SYSTEM, { type: 'priced', ...job, ...PRICE }));
    await must(send('order', id, BUYER, { type: 'approve', priceVersion: 1 }));
    return id;
  };

  return {
    name: 'andon',
    async begin() {
      for (const issuer of crew) {
        await must(send('operator', issuer.id, SYSTEM, { type: 'hire', site: 'north', limit: 5 }));
        await must(send('operator', issuer.id, issuer, { type: 'start-shift' }));
      }
    },
    async prepare(count) {
      const ids: string[] = [];
      while (ids.length < count) {
        ids.push(...(await Promise.all(Array.from({ length: Math.min(500, count - ids.length) }, approved))));
      }
      return ids;
    },
    async step(step, id, who) {
      // Nobody lets go of an order here, so the capture is the first.
      const epoch = step === 'capture' ? 0 : 1;
      return (await send('order', id, crew[who] ?? SYSTEM, { type: step, epoch })).ok;
    },
    draft,
    async touch(id, n) {
      const settings = { ...SETTINGS, quantity: 2 + (n % QUANTITIES) };
      return (await send('order', id, BUYER, { type: 'change-settings', settings })).ok;
    },
    versionOf: async (id) => (await runtime.read('order', id))?.version ?? 0,
    close: () => core.close(),
  };
}
