/** People, facts and stories that the tests of the actors share. */

import type { OperatorState } from '../../actors/operator/state.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import type { ModelFact, OrderFacts } from '../../actors/order/facts.ts';
import { STATUSES, type Status } from '../../actors/order/lifecycle.ts';
import type { Settings } from '../../actors/order/state.ts';
import type { SiteTariff, TariffBook } from '../../actors/pricing/book.ts';
import { checkTariff } from '../../actors/pricing/tariff.ts';
import { HOUSE, type Role } from '../../actors/roles.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import north from '../../tariffs/north.json' with { type: 'json' };
import south from '../../tariffs/south.json' with { type: 'json' };

export const T0 = Date.parse('2026-03-02T08:00:00.000Z');

export const person = (id: string, role: Role, tenant: string = HOUSE, site?: string): Issuer => ({
  id,
  role,
  roles: [role],
  tenant,
  ...(site === undefined ? {} : { site }),
});

export const BO = person('b0000000-0000-4000-8000-000000000001', 'buyer');
export const OTHER_BUYER = person('b0000000-0000-4000-8000-000000000002', 'buyer');
export const ACME = person('ac000000-0000-4000-8000-000000000001', 'partner', 'ac000000-0000-4000-8000-000000000001');
export const GLOBEX = person('61000000-0000-4000-8000-000000000001', 'partner', '61000000-0000-4000-8000-000000000001');
export const OLGA = person('09000000-0000-4000-8000-000000000001', 'operator', HOUSE, 'north');
export const OTTO = person('09000000-0000-4000-8000-000000000002', 'operator', HOUSE, 'north');
export const SONJA = person('09000000-0000-4000-8000-000000000003', 'operator', HOUSE, 'south');
export const BOSS = person('05000000-0000-4000-8000-000000000001', 'supervisor', HOUSE, 'north');
export const PIA = person('0a000000-0000-4000-8000-000000000001', 'packer', HOUSE, 'north');
export const QUINN = person('0b000000-0000-4000-8000-000000000001', 'quality', HOUSE, 'north');
export const CARLA = person('0c000000-0000-4000-8000-000000000001', 'carrier');
export const CRM = person('c0000000-0000-4000-8000-000000000001', 'crm');
export const ENGINEER = person('e0000000-0000-4000-8000-000000000001', 'engineer');
export const SYSTEM: Issuer = { id: 'price', role: 'system', roles: ['system'], tenant: 'system' };
/** A supervisor who also works at the bench. */
export const BOTH: Issuer = { ...BOSS, role: 'operator', roles: ['operator', 'supervisor'] };

const checked = (json: unknown, version: string): SiteTariff => {
  const result = checkTariff(json);
  if ('faults' in result) throw new Error(JSON.stringify(result.faults));
  return { ...result.tariff, version };
};
export const BOOK: TariffBook = [checked(north, 'hash-north'), checked(south, 'hash-south')];

export const MODEL: ModelFact = {
  id: 'd0000000-0000-4000-8000-000000000001',
  tenant: HOUSE,
  owner: BO.id,
  name: 'ring.stl',
  bytes: 5_084,
  stored: true,
};
export const SETTINGS: Settings = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
export const SOLID = {
  volumeMm3: 620,
  areaMm2: 480,
  sizeMm: [21, 21, 6] as const,
  triangles: 100,
  shells: 1,
  closed: true,
};

export const worker = (id: string, change: Partial<OperatorState> = {}): OperatorState => ({
  id,
  site: 'north',
  onShift: true,
  limit: 5,
  ...change,
});
export const onShift = (
  of: Issuer,
  slots: readonly number[] = [],
  change: Partial<OperatorState> = {},
): Partial<OrderFacts> => ({ operator: { state: worker(of.id, change), slots } });

export const TARIFFS: Partial<OrderFacts> = { tariffs: BOOK };

export const created: OrderEvent = {
  type: 'created',
  number: '1-00042',
  site: 'north',
  tenant: HOUSE,
  owner: BO.id,
  model: { id: MODEL.id, name: MODEL.name, bytes: MODEL.bytes },
  settings: SETTINGS,
};
export const submitted: OrderEvent = { type: 'submitted' };
export const pricingStarted: OrderEvent = { type: 'pricing-started', revision: 1 };
export const VALID_UNTIL = '2026-03-09T08:00:00.000Z';
export const priced: OrderEvent = {
  type: 'priced',
  revision: 1,
  price: {
    version: 1,
    amount: 3_617,
    currency: 'EUR',
    lines: [
      { name: 'Set-up', amount: 1_500 },
      { name: 'Silver 925', amount: 2_117 },
    ],
    validUntil: VALID_UNTIL,
    tariff: 'hash-north',
  },
  facts: SOLID,
};
export const pricingFailed: OrderEvent = { type: 'pricing-failed', revision: 1, reason: 'not-closed' };
export const approved: OrderEvent = { type: 'approved', priceVersion: 1, due: '2026-03-09T08:04:00.000Z' };
export const captured = (by: Issuer, slot = 1): OrderEvent => ({ type: 'captured', operator: by.id, slot });
export const released = (by: Issuer): OrderEvent => ({ type: 'released', operator: by.id, why: 'asked' });
export const started: OrderEvent = { type: 'manufacturing-started', operator: OLGA.id };
export const completed: OrderEvent = { type: 'manufacturing-completed', operator: OLGA.id };
export const cancelled: OrderEvent = { type: 'cancelled', by: BO.id, reason: 'changed-mind' };
/** Asked at minute 7; `version` = of its row. */
export const cancelRequested = (version = 7): OrderEvent => ({
  type: 'cancel-requested',
  by: BO.id,
  role: 'buyer',
  reason: 'changed-mind',
  at: '2026-03-02T08:07:00.000Z',
  deadline: '2026-03-02T08:37:00.000Z',
  version,
});
export const escalated: OrderEvent = { type: 'cancel-escalated' };
/** By a member of staff, at minute 4. */
export const held = ({ id, role }: Issuer = BOSS): OrderEvent => ({
  type: 'held',
  reason: 'quality',
  by: id,
  role,
  since: '2026-03-02T08:04:00.000Z',
});
/** By Olga to Otto at minute 6; it stands until minute 21. */
export const offered = (version = 7): OrderEvent => ({
  type: 'hand-over-offered',
  to: OTTO.id,
  by: OLGA.id,
  at: '2026-03-02T08:06:00.000Z',
  deadline: '2026-03-02T08:21:00.000Z',
  version,
});
export const packed: OrderEvent = { type: 'packed' };
export const shipped: OrderEvent = {
  type: 'shipped',
  carrier: 'DHL',
  tracking: 'JD0001',
  at: '2026-03-02T08:09:00.000Z',
};
export const delivered: OrderEvent = { type: 'delivered' };
export const closed: OrderEvent = { type: 'closed' };
export const priceExpired: OrderEvent = { type: 'price-expired', priceVersion: 1 };

/** Stories: each ends in the status or situation of its name. */
export const INITIATED = [created];
export const SUBMITTED = [...INITIATED, submitted];
export const PRICING = [...SUBMITTED, pricingStarted];
export const PRICE_CALCULATED = [...PRICING, priced];
export const PRICE_FAILED = [...PRICING, pricingFailed];
export const APPROVED = [...PRICE_CALCULATED, approved];
export const CAPTURED = [...APPROVED, captured(OLGA)];
export const STARTED = [...CAPTURED, started];
export const STARTED_ALONE = [...STARTED, released(OLGA)];
export const COMPLETED = [...STARTED, completed];
export const PACKAGING = [...COMPLETED, packed];
export const SHIPPED = [...PACKAGING, shipped];
export const DELIVERED = [...SHIPPED, delivered];
export const CLOSED = [...DELIVERED, closed];
export const CANCELLED = [...APPROVED, cancelled];
export const REJECTED: OrderEvent[] = [...APPROVED, { type: 'rejected', reason: 'not-makeable' }];
export const EXPIRED: OrderEvent[] = [...INITIATED, { type: 'expired' }];
export const ASKED = [...CAPTURED, cancelRequested()];
export const OFFERED = [...CAPTURED, offered()];
export const LAPSED_PRICE = [...PRICE_CALCULATED, priceExpired];

/** One story per status. */
export const BY_STATUS: Readonly<Record<Status, readonly OrderEvent[]>> = {
  INITIATED,
  SUBMITTED,
  PRICING,
  PRICE_CALCULATED,
  PRICE_FAILED,
  MANUFACTURING_APPROVED: APPROVED,
  MANUFACTURING_STARTED: STARTED,
  MANUFACTURING_COMPLETED: COMPLETED,
  PACKAGING,
  SHIPPED,
  DELIVERED,
  CLOSED,
  EXPIRED,
  REJECTED,
  CANCELLED,
};
/** The stories of every status but these. */
export const outside = (...statuses: readonly Status[]): (readonly OrderEvent[])[] =>
  STATUSES.filter((status) => !statuses.includes(status)).map((status) => BY_STATUS[status]);
