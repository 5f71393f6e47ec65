/**
 * Several nodes on the same Postgres and Redis, in one process, with the real actors; and the people who work there.
 * Everything that is answered is noted in a ledger that can be held against the log.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { operator } from '../../actors/operator/operator.ts';
import { slotPrefix } from '../../actors/order/claims.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { readTariffs } from '../../gateways/work/tariffs.ts';
import { readConfig } from '../../src/config.ts';
import { type Core, openCore } from '../../src/core.ts';
import type { Answer, Envelope, Issuer } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { makeLog } from '../../src/telemetry/log.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import { lendDatabase } from '../_kit/database.ts';
import { type OwnRedis, ownRedis } from '../_kit/redis.ts';
import type { Fixture } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { Ledger } from './ledger.ts';

const SECRET = 'a secret of at least thirty-two characters';
export const SYSTEM: Issuer = { role: 'system', roles: ['system'], id: 'test', tenant: 'system' };

export type Command = { readonly type: string; readonly [field: string]: unknown };

export interface Servers {
  readonly url: string;
  readonly adminUrl: string;
  readonly superUrl: string;
  readonly redisUrl: string;
}

export interface Node {
  send(envelope: Envelope): Promise<Answer>;
  close(): Promise<void>;
}

/** In this process. */
export interface NodeHere extends Node {
  readonly core: Core;
  readonly runtime: Runtime;
}

const tariffs = await readTariffs(join(import.meta.dirname, '../../tariffs'));

/** One process of the product, as far as commands are concerned. `settings` as in the environment. */
export async function openNode(
  servers: Pick<Servers, 'url' | 'adminUrl' | 'redisUrl'>,
  settings: Readonly<Record<string, string>> = {},
): Promise<NodeHere> {
  const config = readConfig({
    DATABASE_URL: servers.url,
    DATABASE_ADMIN_URL: servers.adminUrl,
    REDIS_URL: servers.redisUrl,
    ANDON_SECRET: SECRET,
    ANDON_TOKEN_KEY: 'unused',
    ...settings,
  });
  const core = await openCore(config, 'test', makeLog('test', 'silent'), new Counters());
  const runtime = core.runtime([order, operator], {
    operator: { kind: 'operator', claimPrefix: slotPrefix, shape: (state, slots) => ({ state, slots }) },
    number: async () => {
      const { rows } = await core.pool.query<{ n: string }>(`SELECT nextval('order_number') AS n`);
      return rows[0]?.n;
    },
    model: async (id) => ({ id, tenant: 'house', owner: BUYER.id, name: 'cube.stl', bytes: 684, stored: true }),
    tariffs: async () => tariffs,
    times: async () => {
      const { expireMs, priceValidMs: priceMs, cancelMs, handOverMs, closeMs } = config;
      return { expireMs, priceMs, cancelMs, handOverMs, closeMs };
    },
  });
  return { core, runtime, send: (envelope) => runtime.send(envelope), close: () => core.close() };
}

export const person = (role: string): Issuer => ({
  role,
  roles: [role],
  id: randomUUID(),
  tenant: 'house',
  ...(role === 'buyer' ? {} : { site: 'north' }),
});

/** The same in every process: all models are his. */
export const BUYER: Issuer = { ...person('buyer'), id: 'b0000000-0000-4000-8000-000000000001' };

export interface Sending {
  readonly id?: string;
  readonly repeatable?: boolean;
  readonly expectedVersion?: number;
}

/** A command, signed as the edges do. */
export function signed(kind: string, actor: string, issuer: Issuer, command: Command, sending: Sending = {}): Envelope {
  const { id = randomUUID(), repeatable = true, ...more } = sending;
  const unsigned = { kind, actor, commandId: id, issuer, command, repeatable, ...more };
  return { ...unsigned, hash: commandHash(SECRET, unsigned) };
}

const JOB = { job: randomUUID(), revision: 1 };
export const STARTED: Command = { type: 'pricing-started', ...JOB };
export const PRICED: Command = {
  type: 'priced',
  ...JOB,
  amount: 5_000,
  currency: 'EUR',
  lines: [
    { name: 'Setup', amount: 1_500 },
    { name: 'Silver', amount: 3_500 },
  ],
  tariff: 'test',
  validMs: 86_400_000,
  facts: { volumeMm3: 1_000, areaMm2: 600, sizeMm: [10, 10, 10], triangles: 12, shells: 1, closed: true },
};
export const SETTINGS = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };

/** `create` of an order with the id that the edges give it. */
export function creation(fields: Readonly<Record<string, unknown>> = {}): Envelope {
  const id = randomUUID();
  const command = { type: 'create', model: randomUUID(), settings: SETTINGS, site: 'north', ...fields };
  return signed('order', uuid5(NAMESPACE.order, id), BUYER, command, { id });
}

export class Works<N extends Node = NodeHere> {
  readonly servers: Servers;
  readonly nodes: readonly N[];
  readonly ledger = new Ledger();
  /** As the superuser. */
  readonly sight: pg.Pool;
  /** Around the nodes, to harm them. */
  readonly redis: Redis;
  #turn = 0;

  constructor(servers: Servers, nodes: readonly N[]) {
    this.servers = servers;
    this.nodes = nodes;
    this.sight = new pg.Pool({ connectionString: servers.superUrl, max: 2, application_name: 'sight' });
    this.sight.on('error', () => undefined);
    this.redis = new Redis(servers.redisUrl, { connectionName: 'sight', disconnectTimeout: 200 });
    this.redis.on('error', () => undefined);
  }

  /** One after the other. */
  get anyNode(): N {
    const node = this.nodes[this.#turn++ % this.nodes.length];
    if (node === undefined) throw new Error('no nodes');
    return node;
  }

  /** Noted in the ledger; throws what the runtime throws. */
  send(envelope: Envelope, node: Node = this.anyNode): Promise<Answer> {
    return this.ledger.note(envelope, node.send(envelope));
  }

  order(
    actor: string,
    issuer: Issuer,
    command: Command,
    sending: Sending = {},
    node: Node = this.anyNode,
  ): Promise<Answer> {
    return this.send(signed('order', actor, issuer, command, sending), node);
  }

  /** Throws unless it is accepted. */
  async must(sent: Promise<Answer>): Promise<Extract<Answer, { ok: true }>> {
    const answer = await sent;
    if (!answer.ok) throw new Error(`${answer.code} ${JSON.stringify(answer.details)}`);
    return answer;
  }

  /** Operators on shift. */
  crew(count: number, limit = 5): Promise<Issuer[]> {
    return Promise.all(
      Array.from({ length: count }, async () => {
        const issuer = person('operator');
        await this.must(this.send(signed('operator', issuer.id, SYSTEM, { type: 'hire', site: 'north', limit })));
        await this.must(this.send(signed('operator', issuer.id, issuer, { type: 'start-shift' })));
        return issuer;
      }),
    );
  }

  /** An order that may be captured, at epoch 0. */
  async approved(node = this.anyNode): Promise<string> {
    const created = creation();
    const { actor } = created;
    await this.must(this.send(created, node));
    await this.must(this.order(actor, BUYER, { type: 'submit' }, {}, node));
    await this.must(this.order(actor, SYSTEM, STARTED, {}, node));
    await this.must(this.order(actor, SYSTEM, PRICED, {}, node));
    await this.must(this.order(actor, BUYER, { type: 'approve', priceVersion: 1 }, {}, node));
    return actor;
  }

  orders(count: number): Promise<string[]> {
    return Promise.all(Array.from({ length: count }, () => this.approved()));
  }

  async stateOf(actor: string): Promise<{ version: number; state: OrderState }> {
    const { rows } = await this.sight.query<{ version: number; after: OrderState }>(
      `SELECT version, after FROM actor_log WHERE kind = 'order' AND actor_id = $1 ORDER BY version DESC LIMIT 1`,
      [actor],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`no order ${actor}`);
    return { version: row.version, state: row.after };
  }

  /** Names of claims that begin so → who holds them. */
  async claims(prefix: string): Promise<Map<string, string>> {
    const { rows } = await this.sight.query<{ name: string; actor_id: string }>(
      'SELECT name, actor_id FROM claims WHERE starts_with(name, $1)',
      [prefix],
    );
    return new Map(rows.map(({ name, actor_id }) => [name, actor_id]));
  }

  /** Repeats what got no answer until it has one. */
  async settle(): Promise<void> {
    await Promise.all(
      this.ledger.unanswered.map((envelope) =>
        until(`${envelope.command.type} is answered`, () => this.send(envelope), 20_000),
      ),
    );
  }

  /** Everything that was answered, held against everything that stands in the log. */
  check(): Promise<void> {
    return this.ledger.check(this.sight);
  }

  async close(): Promise<void> {
    this.redis.disconnect();
    await this.sight.end();
    for (const node of this.nodes) await node.close();
  }
}

export interface WorksOptions {
  readonly nodes?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

export async function lendWorks(
  servers: Servers,
  { nodes: count = 3, settings = {} }: WorksOptions,
  lend: (works: Works) => Promise<void>,
): Promise<void> {
  const nodes = await Promise.all(Array.from({ length: count }, () => openNode(servers, settings)));
  const works = new Works(servers, nodes);
  try {
    await lend(works);
  } finally {
    await works.close();
  }
}

export type WorksWithRedis = Works & { readonly server: OwnRedis };

/** Lends works of three nodes on a fresh database and a Redis of their own. */
export const withWorks =
  (options: WorksOptions = {}): Fixture<WorksWithRedis> =>
  async (lend) => {
    const [database, server] = await Promise.all([lendDatabase(), ownRedis()]);
    try {
      await lendWorks({ ...database, redisUrl: server.url }, options, (works) =>
        lend(Object.assign(works, { server })),
      );
    } finally {
      await server.close();
      await database.close();
    }
  };
