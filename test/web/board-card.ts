/** A card of a board as tests need it: new, of brass, with no date. */
import type { Card } from '../../gateways/contract/card.ts';

const AT = '2026-03-02T08:00:00.000Z';

export const boardCard = (order: string, change: Partial<Card> = {}): Card => ({
  order,
  number: order,
  version: 1,
  lane: 'new',
  status: 'MANUFACTURING_APPROVED',
  epoch: 1,
  title: 'model.stl',
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
  waiting: { for: 'holder', since: AT, reason: 'to-start' },
  updatedAt: AT,
  ...change,
});
