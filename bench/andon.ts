/** Andon itself, in process: the runtime that every edge calls, with claims, board, jobs and the check of refusals. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { operator } from '../actors/operator/operator.ts';
import { order } from '../actors/order/order.ts';
import { readTariffs } from '../gateways/work/tariffs.ts';
import { readConfig } from '../src/config.ts';
import { openCore } from '../src/core.ts';
import type { Answer, Envelope, Issuer } from '../src/runtime/actor.ts';
import { commandHash } from '../src/runtime/command-hash.ts';
import { Counters } from '../src/telemetry/counters.ts';
import { makeLog } from '../src/telemetry/log.ts';
import { NAMESPACE, uuid5 } from '../src/uuid5.ts';
import type { Contender } from './contender.ts';
import type { Stand } from './stand.ts';

const SECRET = 'a secret of at least thirty-two characters';
const BUYER = issuerOf('buyer', randomUUID());
const SYSTEM: Issuer = { role: 'system', roles: ['system'], id: 'bench', tenant: 'system' };

function issuerOf(role: string, id: string): Issuer {
  return { role, roles: [role], id, tenant: 'house', ...(role === 'operator' ? { site: 'north' } : {}) };
}

/** The settings of a process on this stand. */
export const standConfig = (
  stand: Stand,
  extra: Readonly<Record<string, string>> = {},
): ReturnType<typeof readConfig> =>
  readConfig({
    DATABASE_URL: stand.databaseUrl,
    DATABASE_ADMIN_URL: stand.adminUrl,
    REDIS_URL: stand.redisUrl,
    ANDON_SECRET: SECRET,
    ANDON_TOKEN_KEY: 'unused',
    ANDON_LOG: 'warn',
    ...extra,
  });

export async function andon(stand: Stand, operators: number): Promise<Contender> {
  const core = await openCore(standConfig(stand), 'bench', makeLog('bench', 'warn'), new Counters());
  const tariffs = await readTariffs(join(import.meta.dirname, '../tariffs'));
  const runtime = core.runtime([order, operator], {
    operator: {
      kind: 'operator',
      claimPrefix: (id) => `slot:${id}:`,
      shape: (state, slots) => ({ state, slots }),
    },
    number: async () => String(Math.floor(Math.random() * 1e9)),
    model: async (id) => ({ id, tenant: 'house', owner: BUYER.id, name: 'cube.stl', bytes: 684, stored: true }),
    tariffs: async () => tariffs,
    times: async () => ({ cancelMs: 1_800_000 }),
  });
  const send = (
    kind: string,
    actor: string,
    issuer: Issuer,
    command: Envelope['command'],
    id = randomUUID(),
  ): Promise<Answer> => {
    const unsigned = { kind, actor, commandId: id, issuer, command, repeatable: true };
    return runtime.send({ ...unsigned, hash: commandHash(SECRET, unsigned) });
  };
  const must = async (sent: Promise<Answer>): Promise<void> => {
    const answer = await sent;
    if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.details)}`);
  };
  const crew = Array.from({ length: operators }, () => issuerOf('operator', randomUUID()));
  await Promise.all(
    crew.map(async (issuer) => {
      await must(send('operator', issuer.id, SYSTEM, { type: 'hire', site: 'north', limit: 5 } as Envelope['command']));
      await must(send('operator', issuer.id, issuer, { type: 'start-shift' }));
    }),
  );

  const approved = async (): Promise<string> => {
    const settings = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
    const commandId = randomUUID();
    const id = uuid5(NAMESPACE.order, commandId);
    const create = { type: 'create', model: randomUUID(), settings, site: 'north' };
    await must(send('order', id, BUYER, create, commandId));
    await must(send('order', id, BUYER, { type: 'submit' }));
    const job = { job: randomUUID(), revision: 1 };
    await must(send('order', id, SYSTEM, { type: 'pricing-started', ...job } as Envelope['command']));
    const facts = { volumeMm3: 1_000, areaMm2: 600, sizeMm: [10, 10, 10], triangles: 12, shells: 1, closed: true };
    const lines = [
      { name: 'Setup', amount: 1_500 },
      { name: 'Silver', amount: 3_500 },
    ];
    const price = { amount: 5_000, currency: 'EUR', lines, tariff: 'bench', validMs: 86_400_000, facts };
    await must(send('order', id, SYSTEM, { type: 'priced', ...job, ...price } as Envelope['command']));
    await must(send('order', id, BUYER, { type: 'approve', priceVersion: 1 } as Envelope['command']));
    return id;
  };
  const epochs = new Map<string, number>();

  return {
    name: 'andon',
    async prepare(count) {
      const ids: string[] = [];
      while (ids.length < count) {
        ids.push(...(await Promise.all(Array.from({ length: Math.min(500, count - ids.length) }, approved))));
      }
      return ids;
    },
    async step(step, id, who) {
      const epoch = step === 'capture' ? 0 : (epochs.get(id) ?? 1);
      const answer = await send('order', id, crew[who] ?? SYSTEM, { type: step, epoch } as Envelope['command']);
      return answer.ok;
    },
    close: () => core.close(),
  };
}
