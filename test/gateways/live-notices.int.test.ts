import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import * as assert from 'uvu/assert';
import { order } from '../../actors/order/order.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import type { You } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import type { LogRow } from '../../src/runtime/actor.ts';
import { applyItems } from '../../src/runtime/apply.ts';
import { Mender } from '../../src/views/mend.ts';
import type { Api } from '../_kit/api.ts';
import { ownRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { boardCaughtUp, type Live, type LiveNode, withLive } from './open-live.ts';
import { hashOf } from './wire-rest.ts';

/** As the keeper does it; answers how much was behind. */
function mended({ core }: Live, rows: readonly LogRow[]): Promise<number> {
  const { redis, keys, hot } = core;
  const mender = new Mender({
    redis,
    keys,
    hot,
    project: (row) => order.project(row as OrderLogRow),
    items: (row) => applyItems(order as never, row, null),
    quarantine: async (_, actor, why) => assert.unreachable(`${actor}: ${why}`),
  });
  return mender.mend(rows);
}

interface Floor {
  readonly live: Live;
  /** Another node: who listens sits here, who commands does so at the first. */
  readonly far: LiveNode;
  readonly buyer: Api;
  readonly olga: Api;
  readonly otto: Api;
  readonly boss: Api;
  readonly clara: Api;
  /** What each heard, oldest first. */
  readonly heard: Readonly<Record<'olga' | 'otto' | 'boss' | 'clara', readonly You[]>>;
  flush(): Promise<void>;
  /** Ends every subscription; resolves when everybody listens again. */
  cut(): Promise<void>;
  captured(): Promise<Order>;
  /** A command as jobs send it. */
  system(order: string, command: { readonly type: string }): Promise<void>;
  /** Until everybody who listens heard whatever was said before. */
  settled(): Promise<void>;
}

const test = spec<Floor>(
  'notices',
  async (lend, title) => {
    const redis = await ownRedis();
    const admin = new Redis(redis.url);
    try {
      await withLive({ redis: { url: redis.url, prefix: 'own' } })((live) => open(live, admin, lend), title);
    } finally {
      admin.disconnect();
      await redis.close();
    }
  },
  { deadlineMs: 40_000 },
);

async function open(live: Live, admin: Redis, lend: (floor: Floor) => Promise<void>): Promise<void> {
  const far = await live.another();
  const [buyer, olga, otto, boss, clara] = await Promise.all([
    live.as('buyer'),
    live.as('operator', { site: 'north' }),
    live.as('operator', { site: 'north' }),
    live.as('supervisor', { site: 'north' }),
    live.as('crm'),
  ]);
  const people = { olga, otto, boss, clara };
  const heard = { olga: [] as You[], otto: [] as You[], boss: [] as You[], clara: [] as You[] };
  for (const [name, api] of Object.entries(people)) {
    const { socket } = await far.connect('/mes', api);
    socket.on('you', (you: You) => heard[name as keyof typeof heard].push(you));
  }
  const listening = async (): Promise<boolean> => {
    const channels = (await admin.call('PUBSUB', 'SHARDCHANNELS', 'own:*:you')) as string[];
    return channels.length === Object.keys(people).length + 2; // the CRM listens for two sites
  };
  await until('everybody listens', listening);
  const system = async (actor: string, command: { readonly type: string }): Promise<void> => {
    const issuer = { role: 'system', roles: ['system'], id: 'test', tenant: 'system' };
    const envelope = { kind: 'order', actor, commandId: randomUUID(), issuer, command, repeatable: false };
    const answer = await live.runtime.send({ ...envelope, hash: hashOf(envelope) });
    if (!answer.ok) throw new Error(`${command.type}: ${answer.code}`);
  };
  await lend({
    live,
    far,
    buyer,
    ...people,
    heard,
    system,
    flush: async () => void (await admin.flushall()),
    cut: async () => {
      await admin.client('KILL', 'TYPE', 'PUBSUB');
      await until('everybody listens again', listening);
    },
    captured: async () => {
      const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
      return ok(await olga.order(id, 'capture', { epoch: 0 }));
    },
    async settled() {
      // Messages of one connection keep their order: what comes behind tells that nothing else will come.
      const actor = randomUUID();
      const last = { actor, version: 1, at: new Date().toISOString(), by: 'test', kind: 'released' };
      for (const { id } of Object.values(people)) {
        await admin.call('SPUBLISH', live.core.keys.you({ person: id }), JSON.stringify(last));
      }
      const there = (list: readonly You[]): boolean => list.some(({ order }) => order === actor);
      await until('the last word is heard', () => Object.values(heard).every(there));
      for (const list of Object.values(heard))
        list.splice(
          list.findIndex(({ order }) => order === actor),
          1,
        );
    },
  });
}

function ok({ status, body }: { readonly status: number; readonly body: Order }): Order {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

const none: readonly You[] = [];

test('an operator at another node hears that an order is offered, and its giver that it was taken', async (floor) => {
  const { captured, olga, otto, heard, settled } = floor;
  const { id } = await captured();
  const offer = ok(await olga.order(id, 'hand-over', { epoch: 1, to: otto.id }));
  await settled();
  assert.is(heard.otto.length, 1);
  const { deadline, ...rest } = heard.otto[0]!;
  assert.equal(rest, { kind: 'hand_over', order: id, version: offer.version });
  assert.ok(Date.parse(deadline!) > Date.now());
  assert.equal(heard.olga, none);
  const taken = ok(await otto.order(id, 'accept-hand-over', { epoch: 1 }));
  await settled();
  assert.equal(heard.olga, [{ kind: 'released', order: id, version: taken.version }]);
  assert.equal([heard.otto.length, heard.boss, heard.clara], [1, none, none]);
});

test('holder and CRM hear of a request to cancel, and of its end nobody who brought it about', async (floor) => {
  const { captured, buyer, clara, heard, settled } = floor;
  const { id } = await captured();
  const asked = ok(await buyer.order(id, 'request-cancel', { reason: 'changed-mind' }));
  await settled();
  const question: You = {
    kind: 'cancel_requested',
    order: id,
    version: asked.version,
    deadline: asked.cancellation!.deadline,
  };
  assert.equal(heard, { olga: [question], clara: [question], otto: none, boss: none });
  const ended = ok(await clara.order(id, 'accept-cancel'));
  await settled();
  assert.equal(heard.olga.slice(1), [{ kind: 'released', order: id, version: ended.version }]);
  assert.equal([heard.clara.length, heard.otto, heard.boss], [1, none, none]);
});

test('a question that nobody answered reaches the CRM again, and the CRM alone', async (floor) => {
  const { captured, buyer, heard, settled, system } = floor;
  const { id } = await captured();
  const { version } = ok(await buyer.order(id, 'request-cancel', { reason: 'changed-mind' }));
  const late = { type: 'deadline-passed', name: 'cancellation', version, job: randomUUID() };
  await system(id, late);
  await settled();
  assert.equal(heard.clara.slice(1), [{ kind: 'cancel_requested', order: id, version: version + 1 }]);
  assert.equal([heard.olga.length, heard.otto, heard.boss], [1, none, none]);
});

test('whoever loses an order against his will hears of it, at all of his sockets', async (floor) => {
  const { captured, boss, olga, far, heard, settled, system } = floor;
  const second: You[] = [];
  const { socket } = await far.connect('/mes', olga);
  socket.on('you', (you: You) => second.push(you));
  const [forced, absent] = [await captured(), await captured()];
  const { version } = ok(await boss.order(forced.id, 'release', { epoch: 1, reason: 'machine-down' }));
  await system(absent.id, { type: 'release-absent', epoch: 1 } as never);
  await settled();
  assert.equal(heard.olga, [
    { kind: 'released', order: forced.id, version },
    { kind: 'released', order: absent.id, version: absent.version + 1 },
  ]);
  await until('the other socket heard it too', () => second.length === 3);
  assert.equal(second.slice(0, 2), heard.olga);
  assert.equal([heard.otto, heard.boss, heard.clara], [none, none, none]);
});

test('nobody is told what he did himself', async ({ captured, olga, clara, heard, settled }) => {
  const [given, asked] = [await captured(), await captured()];
  ok(await olga.order(given.id, 'release', { epoch: 1 }));
  ok(await clara.order(asked.id, 'request-cancel', { reason: 'changed-mind' }));
  await settled();
  assert.equal([heard.olga.length, heard.olga[0]?.kind, heard.clara], [1, 'cancel_requested', none]);
});

test('a lost connection costs what was said meanwhile, not what comes after', async (floor) => {
  const { captured, boss, heard, settled, cut } = floor;
  const { id } = await captured();
  for (const epoch of [1, 3]) {
    await cut();
    ok(await boss.order(id, 'release', { epoch, reason: 'machine-down' }));
    ok(await floor.olga.order(id, 'capture', { epoch: epoch + 1 }));
  }
  await settled();
  assert.is(heard.olga.length, 2);
});

test('after FLUSHALL rows are mended into Redis again, and nobody hears twice', async (floor) => {
  const { live, captured, buyer, heard, settled, flush } = floor;
  live.keep();
  const { id } = await captured();
  const { version } = ok(await buyer.order(id, 'request-cancel', { reason: 'changed-mind' }));
  await settled();
  await flush();
  await boardCaughtUp(live);
  // What a reconciler does that had not passed this row yet; ours may have, and put the state back.
  await live.core.hot.finish([{ type: 'forget', kind: 'order', actor: id, version }]);
  assert.ok((await mended(live, await live.core.reader.rows('order', id, version - 1))) > 0);
  await settled();
  assert.equal([heard.olga.length, heard.clara.length], [1, 1]);
});

test('what a turn could not tell is told when its row is mended; what is over a minute old is not', async (floor) => {
  const { live, captured, buyer, heard, settled } = floor;
  const { id } = await captured();
  const { version } = ok(await buyer.order(id, 'request-cancel', { reason: 'changed-mind' }));
  const [row] = await live.core.reader.rows('order', id, version - 1);
  const [untold, old] = [randomUUID(), randomUUID()];
  await mended(live, [
    { ...row!, actor: old, at: new Date(Date.now() - 61_000).toISOString() },
    { ...row!, actor: untold, at: new Date(Date.now() - 5_000).toISOString() },
  ]);
  await settled();
  const orders = (list: readonly You[]) => list.map(({ order }) => order);
  assert.equal(
    [orders(heard.olga), orders(heard.clara)],
    [
      [id, untold],
      [id, untold],
    ],
  );
});
