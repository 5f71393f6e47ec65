import * as assert from 'uvu/assert';
import type { BoardChange, Frame, Snapshot } from '../../gateways/contract/board.ts';
import type { Card } from '../../gateways/contract/card.ts';
import { BoardPicture } from '../../web/client/board-picture.ts';
import { spec } from '../_kit/spec.ts';
import { newCard } from './example-card.ts';

const card = (order: string, version: number, lane: Card['lane'] = 'new'): Card =>
  newCard(order, { version, lane, status: lane === 'made' ? 'MANUFACTURING_COMPLETED' : 'MANUFACTURING_APPROVED' });

const here = (one: Card): BoardChange => ({ order: one.order, version: one.version, lane: one.lane, card: one });
const gone = (order: string, version: number): BoardChange => ({ order, version, lane: null, card: null });

const frame = (from: number, to: number, changes: BoardChange[], epoch = 'a'): Frame => ({
  site: 'north',
  epoch,
  from: `${from}-0`,
  to: `${to}-0`,
  changes,
});

const snapshot = (at: number, cards: Card[], epoch = 'a'): Snapshot => {
  const lane = (name: Card['lane']) => {
    const items = cards.filter((one) => one.lane === name);
    return { items, count: items.length, next: null };
  };
  return {
    ok: true,
    mode: 'snapshot',
    epoch,
    at: `${at}-0`,
    lanes: { new: lane('new'), in_work: lane('in_work'), made: lane('made') },
    counts: { new: 0, in_work: 0, made: 0 },
    people: {},
    graceMs: 120_000,
    usual: {},
  };
};
const ready = (at: number, epoch = 'a') => ({ site: 'north', epoch, at: `${at}-0`, digest: '' });

const shown = (picture: BoardPicture): string =>
  [...picture.places.values()]
    .flatMap(({ card: one, version }) => (one === null ? [] : [`${one.order}@${version}:${one.lane}`]))
    .sort()
    .join(' ');

function opened(...cards: Card[]): BoardPicture {
  const picture = new BoardPicture();
  picture.opening();
  picture.snapshot(snapshot(5, cards));
  assert.is(picture.ready(ready(5)), 'applied');
  picture.takeChanged();
  return picture;
}

const test = spec('picture of a board');

test('a snapshot, then its frames', () => {
  const picture = opened(card('a', 1), card('b', 3));
  assert.is(picture.frame(frame(5, 6, [here(card('a', 2, 'in_work'))])), 'applied');
  assert.is(shown(picture), 'a@2:in_work b@3:new');
  assert.equal([...picture.takeChanged()], ['a']);
});

test('an older version never replaces a newer one', () => {
  const picture = opened(card('a', 4, 'in_work'));
  picture.frame(frame(5, 6, [here(card('a', 3))]));
  assert.is(shown(picture), 'a@4:in_work');
});

test('a card that is gone does not come back with a late message', () => {
  const picture = opened(card('a', 1));
  picture.frame(frame(5, 6, [gone('a', 3)]));
  picture.frame(frame(6, 7, [here(card('a', 2))]));
  assert.is(shown(picture), '');
});

test('a frame that came already changes nothing', () => {
  const picture = opened(card('a', 1));
  const twice = frame(5, 6, [here(card('a', 2))]);
  picture.frame(twice);
  picture.takeChanged();
  assert.is(picture.frame(twice), 'applied');
  assert.is(picture.takeChanged().size, 0);
});

test('a frame that does not continue the last one is a gap', () => {
  const picture = opened(card('a', 1));
  assert.is(picture.frame(frame(7, 8, [here(card('a', 2))])), 'gap');
  assert.equal(picture.position, { epoch: 'a', at: '5-0' });
  assert.is(shown(picture), 'a@1:new');
});

test('positions are compared as numbers, not as text', () => {
  const picture = opened(card('a', 1));
  assert.is(picture.frame(frame(5, 10, [])), 'applied');
  assert.is(picture.frame(frame(9, 10, [here(card('a', 2))])), 'applied');
  assert.is(shown(picture), 'a@1:new');
});

test('a frame of another epoch is a gap', () => {
  assert.is(opened(card('a', 1)).frame(frame(5, 6, [], 'b')), 'gap');
});

test('frames between the parts of a snapshot wait until it is complete', () => {
  const picture = new BoardPicture();
  picture.opening();
  picture.snapshot(snapshot(5, [card('a', 1)]));
  assert.is(picture.frame(frame(5, 6, [here(card('b', 9, 'made'))])), 'held');
  picture.part({ site: 'north', epoch: 'a', lane: 'new', items: [card('b', 8)] });
  assert.is(shown(picture), 'a@1:new b@8:new');
  assert.is(picture.ready(ready(5)), 'applied');
  assert.is(shown(picture), 'a@1:new b@9:made');
  assert.equal(picture.position, { epoch: 'a', at: '6-0' });
});

test('a part newer than the frames held keeps the higher version', () => {
  const picture = new BoardPicture();
  picture.opening();
  picture.snapshot(snapshot(5, []));
  picture.frame(frame(5, 6, [here(card('a', 2, 'in_work'))]));
  picture.part({ site: 'north', epoch: 'a', lane: 'made', items: [card('a', 3, 'made')] });
  picture.ready(ready(5));
  assert.is(shown(picture), 'a@3:made');
});

test('a new snapshot replaces the picture at once, when it is complete', () => {
  const picture = opened(card('a', 1), card('b', 1));
  picture.opening();
  picture.snapshot(snapshot(9, [card('b', 2)], 'b'));
  assert.is(shown(picture), 'a@1:new b@1:new');
  picture.part({ site: 'north', epoch: 'b', lane: 'new', items: [card('c', 1)] });
  picture.ready(ready(9, 'b'));
  assert.is(shown(picture), 'b@2:new c@1:new');
  assert.equal([...picture.takeChanged()].sort(), ['a', 'b', 'c']);
});

test('a snapshot that lags behind takes nothing back, neither cards nor what is gone', () => {
  const picture = opened(card('a', 4, 'in_work'), card('b', 2), card('c', 1));
  picture.frame(frame(5, 6, [gone('b', 3)]));
  picture.opening();
  picture.snapshot({ ...snapshot(9, [card('a', 3), card('b', 2)]), stale: 1 });
  picture.part({ site: 'north', epoch: 'a', lane: 'new', items: [card('d', 7)] });
  assert.is(picture.ready(ready(9)), 'applied');
  assert.is(shown(picture), 'a@4:in_work c@1:new d@7:new');
  assert.equal([picture.behind, picture.isLive], [{ stale: 1 }, false]);
});

test('a live snapshot says what is gone, and takes no version back', () => {
  const picture = opened(card('a', 4, 'in_work'), card('b', 2), card('c', 1));
  picture.frame(frame(5, 6, [gone('b', 3)]));
  picture.opening();
  picture.snapshot(snapshot(9, [card('a', 3), card('b', 2)], 'b'));
  picture.takeChanged();
  picture.ready(ready(9, 'b'));
  assert.is(shown(picture), 'a@4:in_work');
  assert.equal([...picture.takeChanged()], ['c'], 'only what has changed is drawn');
  picture.opening();
  picture.snapshot(snapshot(10, [], 'b'));
  picture.ready(ready(10, 'b'));
  assert.is(picture.places.size, 0, 'what was gone need not be remembered any more');
});

test('what a lagging snapshot left in doubt is asked for anew once the board is live', () => {
  const picture = opened(card('a', 1));
  picture.opening();
  picture.snapshot({ ...snapshot(9, [card('b', 1)]), stale: 2 });
  picture.ready(ready(9));
  assert.is(picture.position, undefined, 'only a snapshot will do');
  assert.is(picture.frame({ ...frame(9, 10, [here(card('b', 2))]), stale: 3 }), 'applied');
  assert.equal(picture.behind, { stale: 3 });
  assert.is(picture.frame(frame(10, 11, [here(card('b', 3))])), 'gap');
  assert.is(shown(picture), 'a@1:new b@3:new');
  picture.opening();
  picture.snapshot(snapshot(12, [card('b', 3)]));
  assert.is(picture.ready(ready(12)), 'applied');
  assert.is(shown(picture), 'b@3:new');
  assert.equal([picture.isLive, picture.position], [true, { epoch: 'a', at: '12-0' }]);
});

test('frames say how old the board may be, and that it is live again; a rebuild lasts until the next snapshot', () => {
  const picture = opened(card('a', 1));
  assert.equal(picture.behind, {});
  picture.frame({ ...frame(5, 5, []), stale: 1 });
  assert.equal(picture.behind, { stale: 1 });
  assert.is(picture.frame(frame(5, 6, [])), 'applied');
  assert.is(picture.isLive, true);
  picture.opening();
  picture.snapshot({ ...snapshot(7, [card('a', 1)]), rebuilding: true, usual: { PACKAGING: { median: 1, p95: 2 } } });
  picture.ready(ready(7));
  picture.frame(frame(7, 8, []));
  assert.equal([picture.behind, picture.isLive], [{ rebuilding: true }, false]);
  assert.equal(picture.usual, { PACKAGING: { median: 1, p95: 2 } });
  picture.opening();
  picture.resumed([]);
  assert.is(picture.isLive, true);
});

test('the card of an answer outlives a snapshot that was on its way', () => {
  const picture = opened(card('a', 1));
  picture.opening();
  picture.snapshot(snapshot(9, [card('a', 1)]));
  picture.card(card('a', 2, 'in_work'));
  picture.card(card('b', 5));
  picture.ready(ready(9));
  assert.is(shown(picture), 'a@2:in_work b@5:new');
});

test('a board whose snapshot ends without the rest is not whole', () => {
  const picture = new BoardPicture();
  const first = snapshot(5, [card('a', 1)]);
  const more = { ...first, lanes: { ...first.lanes, new: { ...first.lanes.new, count: 2, next: 'cursor' } } };
  picture.opening();
  picture.snapshot(more);
  picture.ready(ready(5));
  assert.is(picture.isWhole, false);
  picture.opening();
  picture.snapshot(more);
  picture.part({ site: 'north', epoch: 'a', lane: 'new', items: [card('b', 1)] });
  picture.ready(ready(5));
  assert.is(picture.isWhole, true);
});

test('missed frames and those that overtook them follow each other', () => {
  const picture = opened(card('a', 1));
  picture.opening();
  assert.is(picture.frame(frame(7, 8, [here(card('a', 3, 'made'))])), 'held');
  assert.is(picture.resumed([frame(5, 7, [here(card('a', 2, 'in_work'))])]), 'applied');
  assert.is(shown(picture), 'a@3:made');
  assert.equal(picture.position, { epoch: 'a', at: '8-0' });
});

test('missed frames with a hole ask for the board again', () => {
  const picture = opened(card('a', 1));
  picture.opening();
  picture.frame(frame(8, 9, []));
  assert.is(picture.resumed([frame(5, 7, [])]), 'gap');
});

test('the card of an answer counts like that of a frame', () => {
  const picture = opened(card('a', 1));
  picture.card(card('a', 2, 'in_work'));
  picture.frame(frame(5, 6, [here(card('a', 2, 'in_work'))]));
  assert.is(shown(picture), 'a@2:in_work');
});

test('people come and go with frames; who is not named is as before', () => {
  const picture = opened(card('a', 1));
  const at = '2026-11-20T12:00:00.000Z';
  const [olga, ivan] = [
    { name: 'Olga', present: true, since: at },
    { name: 'Ivan', present: true, since: at },
  ];
  picture.frame({ ...frame(5, 6, []), people: { olga, ivan } });
  picture.frame({ ...frame(6, 7, []), people: { ivan: { ...ivan, present: false } } });
  picture.frame({ ...frame(5, 6, []), people: { ivan } });
  assert.equal(picture.people, { olga, ivan: { ...ivan, present: false } });
  assert.is(picture.graceMs, 120_000);
});
