import * as assert from 'uvu/assert';
import type { BoardChange, Frame, Snapshot } from '../../gateways/contract/board.ts';
import type { Card } from '../../gateways/contract/card.ts';
import { BoardPicture } from '../../web/client/board-picture.ts';
import { spec } from '../_kit/spec.ts';

const card = (order: string, version: number, lane: Card['lane'] = 'new'): Card => ({
  order,
  number: `1-${order}`,
  version,
  lane,
  status: lane === 'made' ? 'MANUFACTURING_COMPLETED' : 'MANUFACTURING_APPROVED',
  epoch: 0,
  title: order,
  material: 'brass',
  finish: 'raw',
  quantity: 1,
  priority: 0,
  due: null,
  capture: null,
  handOver: null,
  hold: null,
  cancellation: null,
  thumb: null,
  waiting: { for: 'operators', since: '2026-11-20T12:00:00.000Z', reason: 'to-capture' },
  updatedAt: '2026-11-20T12:00:00.000Z',
});

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
