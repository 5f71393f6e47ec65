/** Cards of a board: in work and held by Ivan, or new and held by nobody; tests say what is different. */
import type { Card } from '../../gateways/contract/card.ts';

export const T0 = Date.parse('2026-03-02T08:00:00.000Z');
export const at = (ms: number): string => new Date(T0 + ms).toISOString();
export const capturedBy = (id: string, ms = 0): Card['capture'] => ({ operator: { id, name: id }, since: at(ms) });

export const card = (order: string, change: Partial<Card> = {}): Card => ({
  order,
  number: order,
  version: 1,
  lane: 'in_work',
  status: 'MANUFACTURING_APPROVED',
  epoch: 1,
  title: 'ring.stl',
  material: 'brass',
  finish: 'raw',
  quantity: 1,
  priority: 0,
  due: null,
  capture: capturedBy('ivan'),
  handOver: null,
  hold: null,
  cancellation: null,
  thumb: null,
  waiting: { for: 'holder', since: at(0), reason: 'to-start' },
  updatedAt: at(0),
  ...change,
});

export const newCard = (order: string, change: Partial<Card> = {}): Card =>
  card(order, { lane: 'new', title: 'model.stl', capture: null, ...change });
