/** Cards of orders that are nowhere else, for boards of any size. */
import { randomUUID } from 'node:crypto';
import type { PlaceItem } from '../../src/hot/items.ts';

/** One card in the lane of new ones, its title so long. `order` and `version`: the same card, later. */
export function placeOf(n: number, length: number, order: string = randomUUID(), version = 1): PlaceItem {
  const card = JSON.stringify({
    ...{ order, number: String(n), version, lane: 'new', status: 'MANUFACTURING_APPROVED', epoch: 0 },
    ...{ title: 'x'.repeat(length), material: 'm', finish: 'f', quantity: 1, priority: 0, due: null, capture: null },
    ...{ hold: null, cancellation: null, thumb: null, waiting: { for: 'operators', since: '', reason: 'to-capture' } },
    updatedAt: '2026-01-01T00:00:00.000Z',
  });
  const key = String(n).padStart(6, '0');
  return { type: 'place', board: 'north', actor: order, version, lane: 'new', recent: key, urgent: key, card };
}
