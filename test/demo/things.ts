/** Cards and orders as players see them, with what a test is about. */
import type { Card } from '../../gateways/contract/card.ts';
import type { Order } from '../../gateways/contract/order.ts';

export const NOW = Date.parse('2026-11-20T12:00:00.000Z');
export const ago = (seconds: number): string => new Date(NOW - 1_000 * seconds).toISOString();

/** Free, and waiting for so many seconds. */
export function cardOf(order: string, seconds: number, more: Partial<Card> = {}): Card {
  return {
    ...{ order, number: '1-1', version: 7, lane: 'new', status: 'MANUFACTURING_APPROVED', epoch: 0, title: 'ring.stl' },
    ...{ material: 'brass', finish: 'raw', quantity: 1, priority: 0, due: null, capture: null, handOver: null },
    ...{ hold: null, cancellation: null, thumb: null, updatedAt: ago(seconds) },
    waiting: { for: 'operators', since: ago(seconds), reason: 'to-capture' },
    ...more,
  };
}

export const heldBy = (id: string, seconds: number): Pick<Card, 'capture' | 'waiting' | 'lane'> => ({
  lane: 'in_work',
  capture: { operator: { id, name: id }, since: ago(seconds) },
  waiting: { for: 'holder', since: ago(seconds), reason: 'to-start' },
});

export function orderOf(id: string, status: Order['status'], seconds: number, more: Partial<Order> = {}): Order {
  return {
    ...{ id, number: '1-1', site: 'north', status, version: 3, revision: 1, priority: 0, epoch: 0, capture: null },
    settings: { material: 'brass', finish: 'raw', quantity: 1, urgency: 'standard' },
    model: { id: 'm', name: 'ring.stl', bytes: 84 },
    waiting: { for: 'buyer', since: ago(seconds), reason: 'to-approve' },
    ...{ createdAt: ago(seconds), updatedAt: ago(seconds) },
    ...more,
  };
}

const reason = [{ id: 'because' }];
export const REASONS = {
  hold: reason,
  release: reason,
  rework: reason,
  reject: reason,
  'set-price': reason,
  'request-cancel': reason,
  'refuse-cancel': reason,
};

/** Ids enough that of everything rare there is some. */
export const MANY: readonly string[] = Array.from({ length: 600 }, (_, i) => `order-${i}`);
