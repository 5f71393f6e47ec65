import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import type { NewRow } from '../../src/log/rows.ts';
import { type BoardPage, digestOf } from '../../src/views/board-types.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenViews, withViews } from './open-views.ts';
import { changed, created, type FloorState, LANES } from './shop-floor.ts';

const test = spec('board', withViews, { deadlineMs: 20_000 });

/** A board that is complete, with these orders on it. */
async function boardOf(views: OpenViews, rows: readonly NewRow[]): Promise<void> {
  await views.settle();
  await views.apply(...rows);
}

const idsOf = (cards: readonly unknown[]): readonly string[] => cards.map((card) => (card as { order: string }).order);

async function allPages(views: OpenViews, sort: 'recent' | 'urgent', from: 'store' | 'cold'): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: BoardPage | undefined = await views[from].page({ board: 'north', lane: 'new', sort, cursor, limit: 3 });
    if (!page) throw new Error('cold');
    ids.push(...idsOf(page.items));
    if (page.next === null) return ids;
    cursor = page.next;
  }
}

test('Redis without the board has nothing to give', async ({ store }) => {
  assert.is(await store.snapshot('north'), undefined);
  assert.is(await store.digest('north'), undefined);
  assert.is(await store.since('north', 'e', '1-1'), undefined);
  assert.is(await store.page({ board: 'north', lane: 'new', sort: 'recent', cursor: null, limit: 1 }), undefined);
});

test('a snapshot has whole counts and the first cards of each lane, newest change first', async (views) => {
  const rows = Array.from({ length: 7 }, (_, i) => created({ lane: i < 5 ? 'new' : 'made' }));
  await boardOf(views, rows);
  const board = await views.store.snapshot('north', 3);
  assert.equal(board?.counts, { new: 5, in_work: 0, made: 2 });
  assert.equal(
    idsOf(board?.lanes['new']?.items ?? []),
    [4, 3, 2].map((i) => rows[i]?.actor),
  );
  assert.is(board?.lanes['made']?.next, null);
  assert.ok(board?.complete);
  const rest = await views.store.page({
    board: 'north',
    lane: 'new',
    sort: 'recent',
    cursor: board?.lanes['new']?.next ?? '',
    limit: 3,
  });
  assert.equal(
    idsOf(rest?.items ?? []),
    [1, 0].map((i) => rows[i]?.actor),
  );
  assert.equal([rest?.next, rest?.counts, rest?.at], [null, board?.counts, board?.at]);
});

test('pages go through a lane by last change or by urgency, each card once', async (views) => {
  const rows = Array.from({ length: 10 }, (_, i) => created({ priority: i % 4 }));
  await boardOf(views, rows);
  assert.equal(await allPages(views, 'recent', 'store'), rows.map((row) => row.actor).reverse());
  const byUrgency = rows.toSorted((a, b) => {
    const [x, y] = [a.after as FloorState, b.after as FloorState];
    return y.priority - x.priority || (a.actor < b.actor ? -1 : 1);
  });
  assert.equal(
    await allPages(views, 'urgent', 'store'),
    byUrgency.map((row) => row.actor),
  );
});

test('a cursor that is none of ours is refused', async ({ store, cold }) => {
  for (const cursor of ['', 'x', '%%%', Buffer.from('no-order').toString('base64url')]) {
    for (const from of [store, cold]) {
      const page = from.page({ board: 'north', lane: 'new', sort: 'recent', cursor, limit: 3 });
      assert.is(await page.then(() => 'ok', codeOf), 'invalid', `"${cursor}"`);
    }
  }
});

test('the digest names every order of the lanes with its version, and nobody who left', async (views) => {
  const rows = [created(), created({ lane: 'in_work' }), created({ lane: 'made' }), created()];
  const gone = changed(rows[3]!, { lane: null });
  await boardOf(views, [...rows, gone]);
  const places = rows.slice(0, 3).map((row) => {
    return { order: row.actor, version: row.version, lane: (row.after as FloorState).lane ?? '' };
  });
  const { digest, counts } = digestOf(LANES, places);
  const found = await views.store.digest('north');
  assert.equal([found?.digest, found?.counts], [digest, counts]);
  assert.equal(counts, { new: 1, in_work: 1, made: 1 });
  assert.is(digestOf(LANES, []).digest, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('who comes back to an entry that is still there gets the newest of what was missed', async (views) => {
  const rows = [created(), created()];
  await boardOf(views, rows);
  const before = await views.store.snapshot('north');
  const { epoch, at } = before!;
  const moved = changed(rows[0]!, { lane: 'in_work' });
  const left = changed(rows[1]!, { lane: null });
  const again = changed(moved, { lane: 'made' });
  await views.apply(moved, left, again);
  const missed = await views.store.since('north', epoch, at);
  assert.is(missed?.from, at);
  assert.is(missed?.to, (await views.store.snapshot('north'))?.at);
  assert.equal(missed?.changes, [
    { order: left.actor, version: 2, lane: null, card: null },
    {
      order: again.actor,
      version: 3,
      lane: 'made',
      card: { order: again.actor, version: 3, lane: 'made', priority: 1 },
    },
  ]);
  assert.equal(await views.store.since('north', epoch, missed?.to ?? ''), {
    epoch,
    from: missed?.to,
    to: missed?.to,
    changes: [],
  });
});

test('who comes back from another epoch, from an entry that is gone or from nowhere needs a snapshot', async (views) => {
  const row = created();
  await boardOf(views, [row]);
  const { epoch, at } = (await views.store.snapshot('north'))!;
  const [ms] = at.split('-');
  const since = (e: string, position: string) => views.store.since('north', e, position);
  assert.ok(await since(epoch, at));
  assert.is(await since('other', at), undefined);
  assert.is(await since(epoch, `${Number(ms) - 1}-77`), undefined);
  for (const nonsense of ['', 'x', '1', '-', `${at} `]) assert.is(await since(epoch, nonsense), undefined);
  await views.look.xtrim(views.keys.boardStream('north'), 'MAXLEN', 0);
  assert.is(await since(epoch, at), undefined);
});

test('who missed too much needs a snapshot', async (views) => {
  const row = created();
  await boardOf(views, [row]);
  const { epoch, at } = (await views.store.snapshot('north'))!;
  let last = row;
  for (let i = 0; i < 10; i += 1) {
    const rows: NewRow[] = [];
    for (let n = 0; n < 101; n += 1) {
      last = changed(last, { priority: 2 });
      rows.push(last);
    }
    await views.apply(...rows);
  }
  assert.is(await views.store.since('north', epoch, at), undefined);
});

test('the cold board is the hot board: snapshot, pages, cursors and digest', async (views) => {
  const rows = Array.from({ length: 20 }, (_, i) => created({ lane: LANES[i % 3] ?? null, priority: i % 4 }));
  const later = rows.map((row, i) => changed(row, i % 5 === 0 ? { lane: null } : { priority: (i + 1) % 4 }));
  await views.append(...rows, ...later);
  await views.settle();
  const [hot, cold] = [await views.store.snapshot('north', 4), await views.cold.snapshot('north', 4)];
  assert.equal(cold.lanes, hot?.lanes);
  assert.equal(cold.counts, hot?.counts);
  for (const sort of ['recent', 'urgent'] as const) {
    assert.equal(await allPages(views, sort, 'cold'), await allPages(views, sort, 'store'));
  }
  const of = { board: 'north', lane: 'new', sort: 'recent' } as const;
  for (const from of [views.store, views.cold]) {
    const cursor = (await from.page({ ...of, cursor: null, limit: 1 }))?.next ?? '';
    for (const other of [{ lane: 'made' }, { sort: 'urgent' as const }, { board: 'south' }]) {
      const page = from.page({ ...of, ...other, cursor, limit: 1 });
      assert.is(await page.then(() => 'ok', codeOf), 'invalid', `a cursor elsewhere: ${JSON.stringify(other)}`);
    }
  }
  const [hotDigest, coldDigest] = [await views.store.digest('north'), await views.cold.digest('north')];
  assert.equal([coldDigest.digest, coldDigest.counts], [hotDigest?.digest, hotDigest?.counts]);
});

test('while Redis is away the board is served from the orders, marked stale', async (views) => {
  const row = created();
  await views.append(row);
  await views.settle();
  const { epoch, at } = await views.boards.snapshot('north');
  await views.server.kill();
  const board = await views.boards.snapshot('north');
  assert.equal(idsOf(board.lanes['new']?.items ?? []), [row.actor]);
  assert.is(board.stale, 0);
  assert.is(board.rebuilding, undefined);
  const page = await views.boards.page({ board: 'north', lane: 'new', sort: 'urgent', cursor: null, limit: 5 });
  assert.equal([idsOf(page.items), page.stale], [[row.actor], 0]);
  assert.is((await views.boards.digest('north')).counts['new'], 1);
  assert.is(await views.boards.since('north', epoch, at), undefined);
});

test('a board that is not complete is served from the orders, marked rebuilding', async (views) => {
  const row = created();
  await views.append(row);
  await views.settle();
  assert.is((await views.boards.snapshot('north')).rebuilding, undefined);
  await views.look.hset(views.keys.boardMeta('north'), 'complete', '0');
  const board = await views.boards.snapshot('north');
  assert.is(board.rebuilding, true);
  assert.equal(idsOf(board.lanes['new']?.items ?? []), [row.actor]);
  await views.look.flushall();
  assert.is((await views.boards.digest('north')).rebuilding, true);
});

test('a board that another run of Redis wrote is neither served nor gone on from', async (views) => {
  const row = created();
  await views.append(row);
  await views.settle();
  const { epoch, at } = await views.boards.snapshot('north');
  assert.ok(await views.boards.since('north', epoch, at));
  await views.look.hset(views.keys.boardMeta('north'), 'run', 'another');
  const page = await views.boards.page({ board: 'north', lane: 'new', sort: 'recent', cursor: null, limit: 5 });
  for (const read of [await views.boards.snapshot('north'), page, await views.boards.digest('north')])
    assert.is(read.rebuilding, true);
  assert.is(await views.boards.since('north', epoch, at), undefined);
  await views.settle();
  assert.is((await views.boards.snapshot('north')).rebuilding, undefined, 'it was made anew');
});

test('changes of a cold board come by time, those that left it too', async (views) => {
  const rows = [created(), created(), created({ site: 'south' })];
  await views.append(...rows);
  await views.settle();
  const start = Date.parse((rows[0]!.after as FloorState).updatedAt);
  const first = await views.cold.changes('north', start);
  assert.equal(first.changes.map((change) => change.order).sort(), [rows[0]!.actor, rows[1]!.actor].sort());
  const left = changed(rows[0]!, { lane: null });
  await views.append(left);
  await views.settle();
  const second = await views.cold.changes('north', first.since);
  assert.equal(second.changes.at(-1), { order: left.actor, version: 2, lane: null, card: null });
  assert.ok(second.since > first.since);
});
