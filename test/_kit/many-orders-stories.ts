/**
 * The lives of orders that `many-orders.ts` makes copies of: each told by the real `evolve`, `was` and `orderRow`, with
 * marks where the copies differ. Everything happens within the hour that begins at `HOUR`, one row a minute.
 */
import type { OrderEvent } from '../../actors/order/events.ts';
import { evolve } from '../../actors/order/evolve.ts';
import { STATUSES, type Status } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { orderRow } from '../../actors/order/row.ts';
import type { Hold, ModelFacts, OrderState, Price } from '../../actors/order/state.ts';
import { was } from '../../actors/order/was.ts';
import { HOUSE } from '../../actors/roles.ts';

/** What a copy puts in these places. Ids are ids, times are times: `evolve` and the projections work on them. */
export const MARKS = {
  id: '0d000000-0000-5000-8000-000000000001',
  model: '0d000000-0000-5000-8000-000000000002',
  operator: '0d000000-0000-5000-8000-000000000003',
  owner: '0d000000-0000-5000-8000-000000000004',
  number: '@number@',
  reference: '@reference@',
  site: '@site@',
  partner: '@partner@',
  hour: '2026-01-01T00',
  nextDay: '2026-01-02T00',
  nextWeek: '2026-01-08T00',
  second: '@12.345',
} as const;

/** Stands for `second` where a time must be one. */
const SECOND = '12.345';
const time = (minute: number): string => `${MARKS.hour}:${String(minute).padStart(2, '0')}:${SECOND}Z`;

const FACTS: ModelFacts = {
  volumeMm3: 1000,
  areaMm2: 600,
  sizeMm: [10, 10, 10],
  triangles: 12,
  shells: 1,
  closed: true,
};
const PRICE: Price = {
  version: 1,
  amount: 5_000,
  currency: 'EUR',
  lines: [
    { name: 'Setup', amount: 1_500 },
    { name: 'Silver', amount: 3_500 },
  ],
  validUntil: `${MARKS.nextDay}:03:${SECOND}Z`,
  tariff: 'a3f1c2d4e5f60718',
};
const SETTINGS = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
const { operator } = MARKS;

const submitted: OrderEvent[] = [{ type: 'submitted' }];
const pricing: OrderEvent[] = [{ type: 'pricing-started', revision: 1 }];
const priced: OrderEvent[] = [{ type: 'priced', revision: 1, price: PRICE, facts: FACTS }];
const approved: OrderEvent[] = [{ type: 'approved', priceVersion: 1, due: `${MARKS.nextWeek}:04:${SECOND}Z` }];
const captured: OrderEvent[] = [{ type: 'captured', operator, slot: 1 }];
const started: OrderEvent[] = [{ type: 'manufacturing-started', operator }];
const completed: OrderEvent[] = [{ type: 'manufacturing-completed', operator }];
const held = (minute: number, hold: Omit<Hold, 'since'>): OrderEvent[] => [
  { type: 'held', ...hold, since: time(minute) },
];

/** The geometry was known, so the price came with the submission. */
const toPrice = [[...submitted, ...pricing, ...priced]];
const toFloor = [...toPrice, approved];
const toMade = [...toFloor, captured, started, completed];
const shipped = (minute: number): OrderEvent[] => [
  { type: 'shipped', carrier: 'post', tracking: 'T-1', at: time(minute) },
];
const toCustomer = [...toMade, [{ type: 'packed' }], shipped(7), [{ type: 'delivered' }]] satisfies OrderEvent[][];

/** Where a life stands in the mix: on a board, open elsewhere, or over. `share` counts among those of its part. */
type Part = 'board' | 'open' | 'over';
interface Life {
  readonly part: Part;
  readonly share: number;
  /** After its creation: one list of events per row. */
  readonly rows: readonly (readonly OrderEvent[])[];
}

const LIVES: readonly Life[] = [
  { part: 'board', share: 8, rows: toFloor },
  { part: 'board', share: 1, rows: [...toFloor, held(4, { reason: 'material', by: operator, role: 'crm' })] },
  { part: 'board', share: 3, rows: [...toFloor, captured] },
  { part: 'board', share: 3, rows: [...toFloor, captured, started] },
  { part: 'board', share: 3, rows: toMade },
  { part: 'board', share: 2, rows: [...toMade, [{ type: 'packed' }]] },
  { part: 'open', share: 4, rows: [] },
  { part: 'open', share: 1, rows: [submitted] },
  { part: 'open', share: 1, rows: [submitted, pricing] },
  { part: 'open', share: 8, rows: toPrice },
  {
    part: 'open',
    share: 2,
    rows: [submitted, [...pricing, { type: 'pricing-failed', revision: 1, reason: 'not_closed' }]],
  },
  { part: 'open', share: 2, rows: toCustomer.slice(0, -1) },
  { part: 'open', share: 2, rows: toCustomer },
  { part: 'over', share: 5, rows: [...toCustomer, [{ type: 'closed' }]] },
  { part: 'over', share: 9, rows: [[{ type: 'expired' }]] },
  { part: 'over', share: 3, rows: [...toPrice, [{ type: 'cancelled', by: MARKS.owner, reason: 'changed-mind' }]] },
  { part: 'over', share: 3, rows: [...toPrice, [{ type: 'rejected', reason: 'not-makeable' }]] },
];

export interface Template {
  readonly part: Part;
  readonly share: number;
  readonly partner: boolean;
  readonly status: Status;
  readonly captured: boolean;
  /** JSON texts with marks. */
  readonly rows: readonly {
    readonly events: string;
    readonly after: string;
    readonly was: string | null;
    readonly issuer: string;
  }[];
  /** The row of the view `orders`. */
  readonly listed: string;
}

const text = (value: unknown): string => JSON.stringify(value).replaceAll(`${SECOND}Z`, `${MARKS.second}Z`);

function template({ part, share, rows }: Life, partner: boolean): Template {
  const tenant = partner ? MARKS.partner : HOUSE;
  const created: OrderEvent = {
    type: 'created',
    number: MARKS.number,
    site: MARKS.site,
    tenant,
    owner: MARKS.owner,
    model: { id: MARKS.model, name: 'bracket.stl', bytes: 684 },
    settings: SETTINGS,
    ...(partner ? { reference: MARKS.reference } : {}),
  };
  const issuer = {
    role: partner ? 'partner' : 'buyer',
    roles: [partner ? 'partner' : 'buyer'],
    id: MARKS.owner,
    tenant,
  };
  let state: OrderState | undefined;
  const told = [[created], ...rows].map((events, n) => {
    const before = state;
    const meta = { actor: MARKS.id, version: n + 1, at: time(n) };
    for (const event of events) state = evolve(state, event, meta);
    return {
      events: text(events),
      after: text(state),
      was: before === undefined ? null : text(was(before)),
      issuer: text(issuer),
    };
  });
  if (state === undefined) throw new Error('no order');
  const { status, capture } = state;
  const listed = text(orderRow({ version: told.length, after: state }));
  return { part, share, partner, status, captured: capture !== null, rows: told, listed };
}

export const STATE_VERSION = order.stateVersion;

/** Every status is among them. */
export function templates(): readonly Template[] {
  const all = LIVES.flatMap((life) => [template(life, false), template(life, true)]);
  const missing = STATUSES.filter((status) => !all.some((one) => one.status === status));
  if (missing.length > 0) throw new Error(`no life ends in ${missing.join(', ')}`);
  return all;
}

/** The part of `recent` before the order's id, as the stories have it at this minute. */
export const recentOf = (listed: string): string => {
  const { recent } = JSON.parse(listed) as { recent: string };
  return recent.slice(0, recent.length - MARKS.id.length);
};
