/** What the plain peer sends of an order: the fields that ours sends, with as many bytes. */
import type { Frame } from '../../gateways/contract/board.ts';
import type { Card } from '../../gateways/contract/card.ts';
import type { Change } from '../../gateways/contract/change.ts';

const AT = '2026-03-02T09:41:07.123Z';
const MODEL = '7b0c2f5e-3f7e-4c5e-9a55-2f6d5b0f8d11';
const WAITING = { for: 'operators', reason: 'capture', since: AT } as const;

export const cardOf = (order: string, version: number): Card => ({
  order,
  number: '1-483920175',
  version,
  lane: 'new',
  status: 'MANUFACTURING_APPROVED',
  epoch: 0,
  title: 'cube.stl',
  material: 'silver-925',
  finish: 'polished',
  quantity: 1,
  priority: version % 4,
  due: null,
  capture: null,
  handOver: null,
  hold: null,
  cancellation: null,
  thumb: `/api/models/${MODEL}/thumb`,
  waiting: WAITING,
  updatedAt: AT,
});

export const boardChangeOf = (order: string, version: number): Frame['changes'][number] => ({
  order,
  version,
  lane: 'new',
  card: cardOf(order, version),
});

export const changeOf = (order: string, version: number): Change => ({
  order,
  version,
  at: AT,
  type: 'priority-set',
  types: ['priority-set'],
  status: 'MANUFACTURING_APPROVED',
  site: 'tracking',
  revision: 1,
  priority: version % 4,
  epoch: 0,
  settings: { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' },
  model: {
    id: MODEL,
    name: 'cube.stl',
    bytes: 684,
    facts: { volumeMm3: 1_000, areaMm2: 600, sizeMm: [10, 10, 10], triangles: 12, shells: 1, closed: true },
  },
  price: {
    version: 1,
    amount: 5_000,
    currency: 'EUR',
    lines: [
      { name: 'Setup', amount: 1_500 },
      { name: 'Silver', amount: 3_500 },
    ],
    validUntil: AT,
  },
  capture: null,
  waiting: WAITING,
});
