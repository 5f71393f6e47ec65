import { Redis as Client } from 'ioredis';
import * as assert from 'uvu/assert';
import { listQuarantined } from '../../src/log/quarantine.ts';
import type { NewRow } from '../../src/log/rows.ts';
import { Reconciler } from '../../src/views/reconcile.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { newRow } from '../log/new-row.ts';
import { type OpenViews, withViews } from './open-views.ts';
import { changed, created, SITES } from './shop-floor.ts';

const test = spec('reconciler', withViews, { deadlineMs: 30_000 });

/** Complete, and the same as the view `orders`. */
async function same(views: OpenViews): Promise<void> {
  for (const site of SITES) {
    const [hot, cold] = [await views.store.digest(site), await views.cold.digest(site)];
    assert.ok(hot?.complete, `${site} is complete`);
    assert.equal([hot?.digest, hot?.counts], [cold.digest, cold.counts], site);
    const [hotCards, coldCards] = [await views.store.snapshot(site, 500), await views.cold.snapshot(site, 500)];
    assert.equal(hotCards?.lanes, coldCards.lanes, site);
  }
}

const stateOf = async ({ hot }: OpenViews, row: NewRow) => (await hot.read([row]))[0];

test('whatever the turns could not do is done: states, places, moves between sites, hints, messages', async (views) => {
  await views.settle();
  const heard: string[] = [];
  const subscriber = new Client(views.server.url);
  try {
    const row = created();
    subscriber.on('smessage', (_channel, message) => heard.push(message));
    await subscriber.ssubscribe(views.keys.live('order', row.actor));
    const moved = changed(row, { site: 'south', lane: 'in_work', holder: 'anna' });
    const last = changed(moved, { priority: 3 });
    await views.append(row, moved, last, newRow({ kind: 'operator', actor: row.actor }));
    await views.apply(row);
    await views.settle();
    await same(views);
    assert.is((await stateOf(views, last))?.version, 3);
    assert.is((await stateOf(views, { ...last, kind: 'operator' }))?.version, 1);
    const [fact] = await views.hot.load([{ type: 'fact', kind: 'operator', actor: 'anna' }]);
    assert.equal(fact?.type === 'fact' && fact.slots, [1]);
    await until('the last version is told', () => heard.some((text) => text.startsWith('{"version":3,')));
    const done = changed(last, { lane: 'made', holder: undefined as never });
    await views.append(done);
    await views.settle();
    const [empty] = await views.hot.load([{ type: 'fact', kind: 'operator', actor: 'anna' }]);
    assert.equal(empty?.type === 'fact' && empty.slots, []);
    await same(views);
  } finally {
    subscriber.disconnect();
  }
});

test('what the turns did themselves is not written again', async (views) => {
  await views.settle();
  const rows = Array.from({ length: 20 }, () => created());
  await views.append(...rows);
  await views.apply(...rows);
  const { at } = (await views.store.snapshot('north'))!;
  await views.settle();
  assert.is((await views.store.snapshot('north'))?.at, at);
  await same(views);
});

test('an emptied Redis is whole again by itself, under a new epoch', async (views) => {
  const rows = Array.from({ length: 30 }, (_, i) => created({ site: SITES[i % 2]! }));
  await views.append(...rows);
  await views.settle();
  const before = await views.store.snapshot('north');
  await views.look.flushall();
  assert.is(await views.store.snapshot('north'), undefined);
  await views.append(...rows.slice(0, 10).map((row) => changed(row, { lane: 'made' })));
  await views.settle();
  assert.is.not((await views.store.snapshot('north'))?.epoch, before?.epoch);
  await same(views);
});

test('emptied again and again while orders change, it is the same in the end', async (views) => {
  const stop = new AbortController();
  const feeds = [views.table.run(stop.signal), views.reconciler.run(stop.signal)];
  let rows = Array.from({ length: 40 }, (_, i) => created({ site: SITES[i % 2]! }));
  await views.append(...rows);
  for (let round = 0; round < 6; round += 1) {
    rows = rows.map((row, i) => changed(row, { lane: ['new', 'in_work', 'made', null][(i + round) % 4] ?? null }));
    const flushed = round % 2 === 0 ? views.look.flushall() : Promise.resolve('OK' as const);
    await Promise.all([views.append(...rows), flushed]);
    await views.apply(...rows.filter((_, i) => (i + round) % 3 === 0));
  }
  await until('both boards are what the orders say', async () => {
    await same(views);
    const [digest] = await Promise.all([views.cold.digest('north')]);
    return Object.values(digest.counts).reduce((a, b) => a + b, 0) > 0;
  });
  stop.abort();
  await Promise.all(feeds);
  await views.settle();
  await same(views);
});

test('a Redis that was started again is whole again', async (views) => {
  const rows = Array.from({ length: 10 }, () => created());
  await views.append(...rows);
  await views.settle();
  const stop = new AbortController();
  const feeds = [views.table.run(stop.signal), views.reconciler.run(stop.signal)];
  await views.server.kill();
  await views.append(...rows.map((row) => changed(row, { lane: 'in_work' })));
  await views.server.restart();
  await until('the board is there again', () => same(views).then(() => true), 8_000);
  stop.abort();
  await Promise.all(feeds);
  await views.settle();
  await same(views);
});

test('another run of Redis means a new epoch, and rows of the last minutes are looked at once more', async (views) => {
  const rows = [created(), created()];
  await views.append(...rows);
  await views.settle();
  const before = await views.store.snapshot('north');
  // As after a failover to a replica that lacked the last writes.
  await views.look.del(views.keys.state('order', rows[0]!.actor));
  await views.look.hset(views.keys.boardMeta('north'), 'run', 'another', 'mark', '0:0:0');
  await views.settle();
  const after = await views.store.snapshot('north');
  assert.is.not(after?.epoch, before?.epoch);
  assert.is((await stateOf(views, rows[0]!))?.version, 1);
  await same(views);
});

test('rows that cannot be folded go to quarantine, the others to the boards', async (views) => {
  await views.settle();
  const [broken, good] = [created({ broken: true }), created()];
  await views.append(broken, good);
  await views.settle();
  assert.equal(
    (await listQuarantined(views.pool)).map(({ actor }) => actor),
    [broken.actor],
  );
  await same(views);
});

test('two reconcilers at once do no harm', async (views) => {
  const twin = new Reconciler({ ...views.rebuild, cold: views.cold, boards: SITES, report: () => undefined });
  const rows = Array.from({ length: 50 }, () => created());
  await views.append(...rows);
  await Promise.all([views.settle(), twin.step(), twin.step()]);
  await Promise.all([views.settle(), twin.step()]);
  await same(views);
});

test('a write that comes after Redis was emptied does not leave a ghost', async (views) => {
  const [ghost, moved] = [created(), created()];
  await views.append(ghost, moved, changed(ghost, { lane: null }), changed(moved, { site: 'south' }));
  await views.settle();
  await views.look.flushall();
  await views.settle();
  const { epoch, at } = (await views.store.snapshot('north'))!;
  await views.apply(ghost, moved);
  await views.reconciler.tidy();
  await same(views);
  const missed = await views.store.since('north', epoch, at);
  assert.equal(
    missed?.changes.map(({ lane }) => lane),
    [null, null],
  );
});

test('a card that vanished is put back', async (views) => {
  const row = created();
  await views.append(row);
  await views.settle();
  const b = views.keys.board('north');
  await views.look.hdel(`${b}place`, row.actor);
  await views.look.del(`${b}new:recent`, `${b}new:urgent`, `${b}card`);
  await views.reconciler.tidy();
  await same(views);
});

test('tombstones go after their time, cards that came back stay', async (views) => {
  const [gone, back] = [created(), created()];
  const out = [changed(gone, { lane: null }), changed(back, { lane: null })];
  await views.append(gone, back, ...out);
  await views.settle();
  await views.apply(...out);
  const again = changed(out[1]!, { lane: 'new' });
  await views.append(again);
  await views.settle();
  const orders = async () => Object.keys(await views.look.hgetall(views.keys.boardPlace('north'))).sort();
  assert.equal(await orders(), [gone.actor, back.actor].sort());
  const sweeping = new Reconciler({
    ...views.rebuild,
    cold: views.cold,
    boards: SITES,
    report: () => undefined,
    tombstoneMs: 60_000,
  });
  await sweeping.tidy();
  assert.equal(await orders(), [gone.actor, back.actor].sort());
  const now = new Reconciler({
    ...views.rebuild,
    cold: views.cold,
    boards: SITES,
    report: () => undefined,
    tombstoneMs: 0,
  });
  await now.tidy();
  assert.equal(await orders(), [back.actor]);
  assert.is(await views.look.zcard(`${views.keys.board('north')}gone`), 0);
  await same(views);
});
