import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import type { PlaceItem } from '../../src/hot/items.ts';
import { run } from '../../src/hot/script.ts';
import { SCRIPTS } from '../../src/hot/scripts.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenHot, withHot } from './open-hot.ts';

const test = spec('place', withHot, { deadlineMs: 30_000 });

const place = (order: string, version: number, lane: string, more: Partial<PlaceItem> = {}): PlaceItem => ({
  type: 'place',
  board: 'north',
  actor: order,
  version,
  lane,
  recent: lane === '' ? '' : `r${version}`,
  urgent: lane === '' ? '' : `u${9 - version}`,
  card: lane === '' ? '' : JSON.stringify({ order, version }),
  ...more,
});

const warm = ({ look, keys }: OpenHot, ...boards: string[]) =>
  Promise.all(boards.map((board) => look.hset(keys.boardMeta(board), 'epoch', 'e', 'complete', '1')));

/** Everything that a board is, but its stream and position. */
async function picture({ look, keys }: OpenHot, board: string) {
  const b = keys.board(board);
  const set = (name: string) => look.zrange(`${b}${name}`, '0', '-1');
  const sets: Record<string, string[]> = {};
  for (const lane of ['new', 'in_work', 'made']) {
    for (const sort of ['recent', 'urgent']) sets[`${lane}:${sort}`] = await set(`${lane}:${sort}`);
  }
  return {
    place: await look.hgetall(`${b}place`),
    card: await look.hgetall(`${b}card`),
    gone: await set('gone'),
    sets,
  };
}

const forget = async ({ look, keys }: OpenHot, board: string) =>
  look.unlink(await look.keys(`${keys.board(board).replace(/[{}]/g, '?')}*`));

const entries = async ({ look, keys }: OpenHot, board = 'north') => look.xrange(keys.boardStream(board), '-', '+');

test('a board that does not exist takes nothing', async (open) => {
  assert.equal(await open.hot.finish([place('a', 1, 'new')]), ['cold']);
  assert.is(await open.look.exists(open.keys.boardPlace('north')), 0);
});

test('a card comes, moves and leaves; its tombstone keeps a late older change away', async (open) => {
  await warm(open, 'north');
  const { hot } = open;
  assert.equal(await hot.finish([place('a', 1, 'new'), place('a', 2, 'in_work')]), ['new', 'new']);
  assert.equal((await picture(open, 'north')).sets, {
    'new:recent': [],
    'new:urgent': [],
    'in_work:recent': ['r2|a'],
    'in_work:urgent': ['u7|a'],
    'made:recent': [],
    'made:urgent': [],
  });
  assert.equal(await hot.finish([place('a', 4, ''), place('a', 3, 'made')]), ['new', 'old']);
  const gone = await picture(open, 'north');
  assert.equal(gone.card, {});
  assert.equal(gone.gone, ['a']);
  assert.ok(Object.values(gone.sets).every((set) => set.length === 0));
  assert.equal(await hot.finish([place('a', 5, 'new')]), ['new']);
  const back = await picture(open, 'north');
  assert.equal(back.gone, []);
  assert.equal(back.sets['new:recent'], ['r5|a']);
});

test('each visible change is one entry of the stream, and its id the position of the board', async (open) => {
  await warm(open, 'north');
  const { hot, look, keys } = open;
  await hot.finish([place('a', 1, 'new'), place('a', 1, 'new'), place('b', 3, ''), place('a', 2, '')]);
  const all = await entries(open);
  assert.equal(
    all.map(([, fields]) => fields),
    [
      ['o', 'a', 'v', '1', 'l', 'new', 'c', '{"order":"a","version":1}'],
      ['o', 'a', 'v', '2', 'l', '', 'c', ''],
    ],
  );
  assert.is(await look.hget(keys.boardMeta('north'), 'at'), all[1]?.[0]);
});

test('a rebuild writes an equal version again and tells nobody', async (open) => {
  await warm(open, 'north');
  const { hot } = open;
  await hot.finish([place('a', 2, 'new')]);
  const other = place('a', 2, 'made', { load: true, card: '{"mended":true}' });
  assert.equal(await hot.finish([other, place('a', 1, '', { load: true })]), ['new', 'old']);
  const { sets, card } = await picture(open, 'north');
  assert.equal([sets['new:recent'], sets['made:recent']], [[], ['r2|a']]);
  assert.equal(card, { a: '{"mended":true}' });
  assert.is((await entries(open)).length, 1);
});

test('keys are opaque: bars, lengths and letters of other alphabets stay what they are', async (open) => {
  await warm(open, 'north');
  const odd = { recent: 'a|b|3|', urgent: 'ж|' };
  await open.hot.finish([place('x', 1, 'new', odd), place('x', 2, 'new', { ...odd, urgent: 'z' })]);
  const before = await picture(open, 'north');
  assert.equal([before.sets['new:recent'], before.sets['new:urgent']], [['a|b|3||x'], ['z|x']]);
  await open.hot.finish([place('x', 3, '')]);
  assert.ok(Object.values((await picture(open, 'north')).sets).every((set) => set.length === 0));
});

test('the stream keeps about as many entries as were asked for', async (open) => {
  await warm(open, 'north');
  const items = Array.from({ length: 3_000 }, (_, i) => place(`o${i}`, 1, 'new'));
  await open.hot.finish(items);
  assert.ok((await entries(open)).length < 1_300);
});

test('what an item may not be is refused, alone', async ({ hot }) => {
  const wrong = [place('', 1, 'new'), place('a|b', 1, 'new'), place('a', 0, 'new'), place('a', 1, 'New lane')];
  for (const item of wrong) assert.is(await hot.finish([item]).then(() => 'ok', codeOf), 'bad_item');
});

test('a bad call writes nothing', async (open) => {
  await warm(open, 'north');
  const { redis, keys } = open;
  const good = [keys.board('north'), 'a', 1, 'new', 'r', 'u', '{}', ''];
  const calls: readonly (readonly (string | number)[])[] = [
    ['x', ...good],
    [1, ...good, 'more'],
    [1, ...good, keys.board('north'), 'a', 'seven', 'new', 'r', 'u', '{}', ''],
    [1, ...good, keys.board('north'), 'a|b', 1, 'new', 'r', 'u', '{}', ''],
    [1, ...good, keys.board('north'), 'a', 1, 'LANE', 'r', 'u', '{}', ''],
  ];
  for (const argv of calls) {
    assert.is(await run(redis, SCRIPTS.place, ['k'], argv).then(() => 'ok', codeOf), 'redis_refused');
  }
  assert.equal((await picture(open, 'north')).place, {});
});

/** All different orders of the letters, where equal letters can't be told apart. */
function* orders(letters: readonly number[], done: readonly number[] = []): Generator<readonly number[]> {
  if (letters.length === 0) yield done;
  for (const letter of new Set(letters)) {
    const at = letters.indexOf(letter);
    yield* orders(letters.toSpliced(at, 1), [...done, letter]);
  }
}

/** What four versions of one order say about two boards; all end differently. */
const STORIES: Readonly<Record<string, readonly (readonly PlaceItem[])[]>> = {
  'stays and moves from lane to lane': [
    [place('?', 1, 'new')],
    [place('?', 2, 'in_work')],
    [place('?', 3, 'made')],
    [place('?', 4, 'made', { recent: 'r9' })],
  ],
  'leaves the board': [
    [place('?', 1, 'new')],
    [place('?', 2, 'in_work')],
    [place('?', 3, 'made')],
    [place('?', 4, '')],
  ],
  'leaves and comes back': [
    [place('?', 1, 'new')],
    [place('?', 2, '')],
    [place('?', 3, 'new')],
    [place('?', 4, 'in_work', { urgent: 'u0' })],
  ],
  'moves to another site and back': [
    [place('?', 1, 'new')],
    [place('?', 2, '', { board: 'north' }), place('?', 2, 'new', { board: 'south' })],
    [place('?', 3, '', { board: 'south' }), place('?', 3, 'new', { board: 'north' })],
    [place('?', 4, '', { board: 'north' }), place('?', 4, 'in_work', { board: 'south' })],
  ],
};

for (const [title, story] of Object.entries(STORIES)) {
  test(`an order that ${title}: 4 versions, each twice, in all 2,520 orders, end in one picture`, async (open) => {
    await warm(open, 'north', 'south');
    const all = [...orders([0, 0, 1, 1, 2, 2, 3, 3])];
    assert.is(all.length, 2_520);
    const named = (order: string, items: readonly PlaceItem[] = []) => items.map((item) => ({ ...item, actor: order }));
    await Promise.all(all.map((turns, n) => open.hot.finish(turns.flatMap((turn) => named(`o${n}`, story[turn])))));
    const seen = { north: await picture(open, 'north'), south: await picture(open, 'south') };
    for (const board of ['north', 'south']) await forget(open, board);
    await warm(open, 'north', 'south');
    for (const turn of story) await Promise.all(all.map((_, n) => open.hot.finish(named(`o${n}`, turn))));
    const kept = { north: await picture(open, 'north'), south: await picture(open, 'south') };
    assert.equal(seen.north.place, kept.north.place);
    assert.equal({ ...seen.north, gone: seen.north.gone.sort() }, { ...kept.north, gone: kept.north.gone.sort() });
    assert.equal({ ...seen.south, gone: seen.south.gone.sort() }, { ...kept.south, gone: kept.south.gone.sort() });
  });
}
