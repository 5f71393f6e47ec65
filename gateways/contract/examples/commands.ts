/** The fields of each command, and what the order is like afterwards. Sent in this order they lead through a life. */
import type { OrderCommand } from '../../../actors/order/commands.ts';
import type { Order } from '../order.ts';
import { AT, ID, LATER, ORDER, PRICE, SETTINGS, TAKEN } from './things.ts';

export interface CommandExample {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly after: Order;
}

type Name = OrderCommand['type'];
type Fields<N extends Name> = Omit<Extract<OrderCommand, { readonly type: N }>, 'type'>;

const example = <N extends Name>(_: N, fields: Fields<N>, after: Order): CommandExample => ({
  fields: fields as Readonly<Record<string, unknown>>,
  after,
});

const { price: _, ...unpriced } = ORDER;
const created: Order = {
  ...unpriced,
  status: 'INITIATED',
  version: 1,
  model: { id: ID.model, name: 'ring.stl', bytes: 11_284 },
  waiting: { for: 'buyer', since: AT, reason: 'submit' },
};
const submitted: Order = {
  ...created,
  status: 'SUBMITTED',
  version: 2,
  waiting: { for: 'pricing', since: AT, reason: 'queue' },
};
const approved: Order = {
  ...ORDER,
  status: 'MANUFACTURING_APPROVED',
  version: 5,
  due: LATER,
  waiting: { for: 'operators', since: AT, reason: 'capture' },
};
const released: Order = { ...approved, version: 7, epoch: 2 };
const offered: Order = {
  ...TAKEN,
  version: 7,
  handOver: {
    to: { id: ID.colleague, name: 'Otto' },
    by: { id: ID.operator, name: 'Olga' },
    at: AT,
    deadline: LATER,
  },
};
const started: Order = { ...TAKEN, status: 'MANUFACTURING_STARTED', version: 7 };
const free: Order = { ...ORDER, due: LATER, capture: null, epoch: 1 };
const made: Order = { ...free, status: 'MANUFACTURING_COMPLETED', version: 8 };
const packing: Order = { ...free, status: 'PACKAGING', version: 9 };
const shipped: Order = {
  ...free,
  status: 'SHIPPED',
  version: 10,
  shipment: { carrier: 'DHL', tracking: 'JD0001', at: AT },
};
const asked: Order = {
  ...TAKEN,
  version: 7,
  cancellation: { by: { role: 'buyer', id: ID.buyer }, reason: 'changed-mind', at: AT, deadline: LATER },
};
const nobody = { for: 'nobody', since: AT, reason: 'over' } as const;
const byOlga = { role: 'operator', id: ID.operator, name: 'Olga' };

export const ORDER_EXAMPLES: Readonly<Record<string, CommandExample>> = {
  create: example(
    'create',
    { model: ID.model, settings: SETTINGS, site: 'north', contact: 'bea@example.com', note: 'Please engrave “B”.' },
    created,
  ),
  'attach-model': example(
    'attach-model',
    { model: ID.mended },
    { ...created, version: 2, revision: 2, model: { id: ID.mended, name: 'ring-2.stl', bytes: 11_384 } },
  ),
  'change-settings': example(
    'change-settings',
    { settings: { ...SETTINGS, quantity: 2 } },
    { ...created, version: 2, revision: 2, settings: { ...SETTINGS, quantity: 2 } },
  ),
  submit: example('submit', {}, submitted),
  requote: example('requote', {}, { ...submitted, version: 6, revision: 2 }),
  'set-price': example(
    'set-price',
    { amount: 9_900, currency: 'EUR', reason: 'shape' },
    { ...ORDER, version: 5, price: { ...PRICE, version: 2, amount: 9_900, lines: [{ name: 'Price', amount: 9_900 }] } },
  ),
  approve: example('approve', { priceVersion: 1 }, approved),
  reject: example('reject', { reason: 'not-makeable' }, { ...ORDER, status: 'REJECTED', version: 5, waiting: nobody }),
  'set-priority': example('set-priority', { priority: 2 }, { ...approved, version: 6, priority: 2 }),
  move: example('move', { site: 'south' }, { ...approved, version: 6, site: 'south' }),
  capture: example('capture', { epoch: 0 }, TAKEN),
  release: example('release', { epoch: 1, reason: 'machine-down' }, released),
  'hand-over': example('hand-over', { epoch: 1, to: ID.colleague }, offered),
  'accept-hand-over': example(
    'accept-hand-over',
    { epoch: 1 },
    { ...TAKEN, version: 8, epoch: 2, capture: { operator: { id: ID.colleague, name: 'Otto' }, since: AT } },
  ),
  'decline-hand-over': example('decline-hand-over', { epoch: 1 }, { ...TAKEN, version: 8 }),
  hold: example(
    'hold',
    { reason: 'machine-down', note: 'Back on Monday.' },
    { ...TAKEN, version: 7, hold: { reason: 'machine-down', by: byOlga, since: AT } },
  ),
  resume: example('resume', {}, { ...TAKEN, version: 8 }),
  start: example('start', { epoch: 1 }, started),
  'request-cancel': example('request-cancel', { reason: 'changed-mind' }, asked),
  'accept-cancel': example('accept-cancel', {}, { ...free, status: 'CANCELLED', version: 8, waiting: nobody }),
  'refuse-cancel': example('refuse-cancel', { reason: 'nearly-done' }, { ...TAKEN, version: 8 }),
  complete: example('complete', { epoch: 1 }, made),
  rework: example('rework', { reason: 'surface' }, { ...approved, version: 9, epoch: 1, priority: 1 }),
  pack: example('pack', {}, packing),
  ship: example('ship', { carrier: 'DHL', tracking: 'JD0001' }, shipped),
  delivered: example('delivered', {}, { ...shipped, status: 'DELIVERED', version: 11 }),
  close: example('close', {}, { ...shipped, status: 'CLOSED', version: 12, waiting: nobody }),
};

export const OPERATOR_EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'start-shift': {},
  'end-shift': {},
  'set-limit': { limit: 7 },
  'set-skills': { skills: ['silver-925', 'gold-585'] },
};
