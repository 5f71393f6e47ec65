import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { run } from '../../src/hot/script.ts';
import { SCRIPTS } from '../../src/hot/scripts.ts';
import type { NewRow } from '../../src/log/rows.ts';
import { rebuildBoard } from '../../src/views/rebuild.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenViews, withViews } from './open-views.ts';
import { changed, created, SITES } from './shop-floor.ts';

const test = spec('rebuild', withViews, { deadlineMs: 60_000 });

const digests = async ({ store }: OpenViews) =>
  Promise.all(SITES.map(async (site) => (await store.digest(site))?.digest));

const LANES_AND_NONE = ['new', 'in_work', 'made', null] as const;

/** One step of a story: which order, where it goes, what became of the turn's own writes. */
const step = fc.record({
  order: fc.nat(5),
  site: fc.constantFrom(...SITES),
  lane: fc.constantFrom(...LANES_AND_NONE),
  priority: fc.nat(3),
  turn: fc.constantFrom('applied', 'lost', 'late', 'twice'),
  after: fc.constantFrom('nothing', 'nothing', 'nothing', 'feed', 'empty', 'rebuild'),
});

test('a board rebuilt is the board kept, whatever was lost, late or doubled on the way', async (views) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (story) => {
      const orders = new Map<number, NewRow>();
      const late: NewRow[] = [];
      for (const { order, site, lane, priority, turn, after } of story) {
        const before = orders.get(order);
        const row = before ? changed(before, { site, lane, priority }) : created({ site, lane, priority });
        orders.set(order, row);
        await views.append(row);
        if (turn === 'late') late.push(row);
        else if (turn !== 'lost') await views.apply(row);
        if (turn === 'twice') await views.apply(row);
        if (after === 'feed') await views.settle();
        if (after === 'empty') await views.look.flushall();
        if (after === 'rebuild') await rebuildBoard(views.rebuild, site);
      }
      await views.settle();
      await views.apply(...late.reverse());
      await views.settle();
      await views.reconciler.tidy();
      const kept = await digests(views);
      for (const site of SITES) assert.ok(await rebuildBoard(views.rebuild, site));
      assert.equal(await digests(views), kept);
      await views.look.flushall();
      await views.settle();
      assert.equal(await digests(views), kept);
      const cold = await Promise.all(SITES.map(async (site) => (await views.cold.digest(site)).digest));
      assert.equal(cold, kept);
    }),
    { numRuns: 15 },
  );
});

test('it mends cards that are wrong at their version, and cards that should not be here', async (views) => {
  const [wrong, ghost, moved] = [created(), created(), created()];
  const gone = changed(ghost, { lane: null });
  const away = changed(moved, { site: 'south' });
  await views.append(wrong, ghost, moved, gone, away);
  await views.settle();
  const kept = await digests(views);
  const b = views.keys.board('north');
  await views.look.hset(`${b}card`, wrong.actor, '{"wrong":true}');
  // As if their tombstones had never been: late writes of old versions came after Redis was emptied.
  await views.look.hdel(`${b}place`, ghost.actor, moved.actor);
  await views.apply(ghost, moved);
  await views.look.hset(`${b}place`, 'no-such-order', '5|new|1|xy');
  await views.look.zadd(`${b}new:recent`, 0, 'x|no-such-order');
  await views.look.zadd(`${b}new:urgent`, 0, 'y|no-such-order');
  const unknown = views.rebuild.newest;
  const newest = (kind: string, actor: string) =>
    actor === 'no-such-order' ? Promise.resolve(undefined) : unknown(kind, actor);
  const done = await rebuildBoard({ ...views.rebuild, newest }, 'north');
  assert.equal([done?.loaded, done?.strays], [1, 3]);
  assert.equal(await digests(views), kept);
  assert.equal((await views.store.snapshot('north'))?.lanes, (await views.cold.snapshot('north')).lanes);
});

test('wiped first, it takes back even what is ahead of the log', async (views) => {
  const row = created();
  const ahead = changed(row, { lane: 'made' });
  await views.append(row);
  await views.settle();
  const kept = await digests(views);
  await views.apply(ahead);
  assert.ok(await rebuildBoard(views.rebuild, 'north'));
  assert.not.equal(await digests(views), kept);
  assert.ok(await rebuildBoard(views.rebuild, 'north', { wipe: true }));
  assert.equal(await digests(views), kept);
});

test('until it is complete the board is not served, and changes of that time are on it afterwards', async (views) => {
  const rows = [created(), created()];
  await views.append(...rows);
  await views.settle();
  const meanwhile = changed(rows[0]!, { lane: 'in_work' });
  const newest = views.rebuild.newest;
  let marks: unknown;
  await views.look.hset(`${views.keys.board('north')}place`, 'stray', '1|made|1|xy');
  await rebuildBoard(
    {
      ...views.rebuild,
      newest: async (kind, actor) => {
        if (actor !== 'stray') return newest(kind, actor);
        await views.append(meanwhile);
        await views.apply(meanwhile);
        marks = (await views.boards.snapshot('north')).rebuilding;
        return undefined;
      },
    },
    'north',
  );
  assert.is(marks, true);
  const board = await views.boards.snapshot('north');
  assert.equal([board.rebuilding, board.counts], [undefined, { new: 1, in_work: 1, made: 0 }]);
});

test('those who follow the stream are told of the new epoch, and its entry is the position', async (views) => {
  await views.settle();
  const before = (await views.store.snapshot('north'))!;
  const done = await rebuildBoard(views.rebuild, 'north');
  const after = await views.store.snapshot('north');
  assert.equal([after?.epoch, after?.at], [done?.epoch, done?.at]);
  assert.is(await views.store.since('north', before.epoch, before.at), undefined);
  assert.equal(await views.store.since('north', after!.epoch, after!.at), {
    epoch: after?.epoch,
    from: after?.at,
    to: after?.at,
    changes: [],
  });
});

test('a second rebuild waits for the first, unless that one is silent', async (views) => {
  await views.settle();
  const begin = (epoch: string, silentMs: number) =>
    run(
      views.redis,
      SCRIPTS.boardBegin,
      [views.keys.boardMeta('north')],
      [views.keys.board('north'), epoch, 'run', silentMs, '', 'new'],
    );
  const beat = (epoch: string, alive: boolean) =>
    run(views.redis, SCRIPTS.boardBeat, [views.keys.boardMeta('north')], [epoch, alive ? 1 : '']);
  assert.ok(await begin('first', 60_000));
  assert.is(await rebuildBoard(views.rebuild, 'north'), undefined);
  assert.is(await begin('second', 60_000), undefined);
  assert.is(await beat('first', true), true);
  assert.ok(await begin('third', 0));
  assert.is(await beat('first', true), false);
  assert.is(await beat('third', false), true);
  assert.ok(await rebuildBoard(views.rebuild, 'north'));
});

test('a rebuild that lost its board, or whose Redis was emptied, ends without completing it', async (views) => {
  await views.settle();
  await views.append(created());
  const mend = (disturb: () => Promise<unknown>) => ({
    ...views.rebuild,
    pool: {
      query: async (config: never) => {
        await disturb();
        return views.pool.query(config);
      },
    } as unknown as typeof views.pool,
  });
  const emptied = rebuildBoard(
    mend(() => views.look.flushall()),
    'north',
  );
  assert.is(await emptied.then(() => 'ok', codeOf), 'rebuild_lost');
  const lost = rebuildBoard(
    mend(() => views.look.hset(views.keys.boardMeta('north'), 'epoch', 'other')),
    'north',
  );
  assert.is(await lost.then(() => 'ok', codeOf), 'rebuild_lost');
  assert.is((await views.store.snapshot('north'))?.complete, false);
});
