/** Who may read which order, and stand before which board: the same over REST and sockets. */
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { CALLERS, type Caller, CUSTOMERS, isElsewhere, RELATIONS, type Relation } from './matrix-cells.ts';
import { memberOf, openWorld, type World } from './matrix-world.ts';
import { type Live, withLive } from './open-live.ts';

const test = spec<Live>('who may read what, over every transport', withLive(), { deadlineMs: 60_000 });

function expected(caller: Caller, relation: Relation): string {
  if (caller === 'guest') return 'unauthenticated';
  if (relation === 'unknown' || isElsewhere(caller, relation)) return 'not_found';
  return CUSTOMERS.includes(caller) && relation === 'foreign' ? 'not_found' : 'seen';
}

/** Over REST the order, its timeline and an older version of it; over the shop's socket the order as it is followed. */
async function answers(live: Live, world: World, caller: Caller, relation: Relation): Promise<string[]> {
  const { api } = world.members.get(memberOf(caller, relation))!;
  const { id } = world.target({ kind: 'order', caller, relation });
  const paths = [`/api/orders/${id}`, `/api/orders/${id}/timeline`, `/api/orders/${id}?atLeast=1`];
  const told: string[] = [];
  for (const path of paths) {
    const { status, body } = await api.get(path);
    told.push(status === 200 ? 'seen' : body.code);
  }
  const { socket, ask } = await live.connect('/storefront', api);
  for (const since of [{}, { since: 1 }]) {
    const ack = await ask('track', { order: id, ...since });
    told.push(ack.ok ? 'seen' : ack.code);
  }
  socket.close();
  return told;
}

test('own orders, and for staff those of its site: foreign is as unknown', async (live) => {
  const world = await openWorld(live);
  for (const caller of CALLERS) {
    for (const relation of RELATIONS) {
      const wanted = expected(caller, relation);
      const told = await answers(live, world, caller, relation);
      assert.equal(
        told,
        told.map(() => wanted),
        `${caller} ${relation}`,
      );
    }
  }
});

test('a list shows exactly what may be read one by one', async (live) => {
  const world = await openWorld(live);
  live.keep();
  const { rows } = await live.core.pool.query(`SELECT DISTINCT actor_id AS id FROM actor_log WHERE kind = 'order'`);
  const orders = rows.map(({ id }) => id as string).toSorted();
  for (const [name, { api }] of world.members) {
    if (name.startsWith('guest')) continue;
    const reads = await Promise.all(orders.map(async (id) => (await api.get(`/api/orders/${id}`)).status === 200));
    const readable = orders.filter((_, n) => reads[n]);
    await until(`${name} is shown ${readable.length} of ${orders.length} orders`, async () => {
      const { items } = (await api.get('/api/orders?limit=200')).body;
      const shown = items.map(({ id }: { id: string }) => id).toSorted();
      return JSON.stringify(shown) === JSON.stringify(readable);
    });
  }
});

test('before a board stand those who work at its site, and a supervisor of all', async (live) => {
  const world = await openWorld(live);
  for (const [name, { api, socket }] of world.members) {
    for (const site of ['north', 'south']) {
      const works = /^(operator|packer|quality|supervisor) of north$/.test(name) && site === 'north';
      const looks = works || name === 'supervisor everywhere';
      const wanted = name.startsWith('guest') ? 'unauthenticated' : looks ? 'seen' : 'forbidden';
      const page = await api.get(`/api/boards/${site}?lane=new`);
      assert.is(page.status === 200 ? 'seen' : page.body.code, wanted, `${name} ${site}`);
      const opened =
        typeof socket === 'string' ? { ok: false, code: socket } : await socket.ask('board:open', { site });
      assert.is(opened.ok ? 'seen' : opened.code, wanted, `${name} ${site} over a socket`);
    }
  }
});
