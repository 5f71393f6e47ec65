import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { Card } from '../../gateways/contract/card.ts';
import { ORDERING } from '../../web/board/lists.ts';
import { SortedCards } from '../../web/board/sorted-cards.ts';
import { orderingOf, SORTS, sortOf } from '../../web/board/sorting.ts';
import { spec } from '../_kit/spec.ts';
import { newCard } from './example-card.ts';

const test = spec('sorted cards');
const ids = (cards: readonly Card[]): string[] => cards.map(({ order }) => order);

test('cards that come, change and go leave the list as if it had been sorted anew', () => {
  const priorities = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -1, max: 3 })), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(fc.array(priorities, { maxLength: 8 }), fc.constantFrom(...SORTS), (frames, sort) => {
      const by = orderingOf(sort).new;
      const sorted = new SortedCards(by);
      const now = new Map<string, Card>();
      for (const frame of frames) {
        const gone = new Map<string, Card>();
        for (const [id, priority] of frame) {
          const order = String(id);
          const before = now.get(order);
          if (before !== undefined && !gone.has(order) && sorted.all.includes(before)) gone.set(order, before);
          now.delete(order);
          if (priority >= 0) now.set(order, newCard(order, { priority }));
        }
        const come = [...now.values()].filter((card) => !sorted.all.includes(card));
        sorted.change([...gone.values()], come);
        assert.equal(ids(sorted.all), ids([...now.values()].sort(by)));
      }
    }),
  );
});

test('many at once are the same as one by one', () => {
  const many = Array.from({ length: 600 }, (_, at) => newCard(String(at), { priority: (at * 7) % 4 }));
  const sorted = new SortedCards(ORDERING.new);
  sorted.change([], many);
  assert.equal(ids(sorted.all), ids([...many].sort(ORDERING.new)));
  sorted.change(many.slice(0, 500), []);
  assert.equal(ids(sorted.all), ids(many.slice(500).sort(ORDERING.new)));
});

test('each way to sort puts first what it says; a cancellation to answer is first among mine', () => {
  const soon = newCard('soon', { due: '2026-03-02T09:00:00.000Z', updatedAt: '2026-03-01T00:00:00.000Z' });
  const newest = newCard('newest', { updatedAt: '2026-03-03T00:00:00.000Z' });
  const rush = newCard('rush', { priority: 3, updatedAt: '2026-03-01T01:00:00.000Z' });
  const waits = { ...newCard('waits'), waiting: { ...soon.waiting, since: '2026-02-01T00:00:00.000Z' } };
  const first = (sort: (typeof SORTS)[number]): string | undefined =>
    [soon, newest, rush, waits].sort(orderingOf(sort).new)[0]?.order;
  assert.equal(SORTS.map(first), ['rush', 'soon', 'newest', 'waits']);
  const asked = newCard('asked', { cancellation: {} as Card['cancellation'] });
  for (const sort of SORTS) assert.is([soon, newest, asked].sort(orderingOf(sort).mine)[0]?.order, 'asked', sort);
});

test('what was remembered and is no way to sort is urgency', () => {
  assert.is(sortOf('due'), 'due');
  assert.is(sortOf('colour'), 'urgency');
  assert.is(sortOf(null), 'urgency');
});
