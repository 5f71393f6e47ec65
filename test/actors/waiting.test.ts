import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { isFinal, STATUSES } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { spec } from '../_kit/spec.ts';
import { atMinute, given } from './given.ts';
import {
  ACME,
  APPROVED,
  ASKED,
  BOSS,
  CANCELLED,
  CAPTURED,
  COMPLETED,
  CRM,
  created,
  DELIVERED,
  EXPIRED,
  escalated,
  held,
  INITIATED,
  LAPSED_PRICE,
  OFFERED,
  OLGA,
  OTTO,
  PACKAGING,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  REJECTED,
  released,
  SHIPPED,
  STARTED,
  STARTED_ALONE,
  SUBMITTED,
} from './world.ts';

const test = spec('waiting');
const line = (story: readonly OrderEvent[]) => waiting(given(order, ...story).state);

const crm = (minute: number, reason: string) => ({ for: 'crm', since: atMinute(minute), reason });
const holder = (minute: number, reason: string, who = OLGA.id) => ({
  for: 'holder',
  who,
  since: atMinute(minute),
  reason,
});
const handedOver: OrderEvent = { type: 'handed-over', from: OLGA.id, operator: OTTO.id, slot: 1 };
const reworked: OrderEvent = { type: 'reworked', reason: 'surface', priority: 1 };

const expected: [string, readonly OrderEvent[], object][] = [
  ['a new order waits for its buyer', INITIATED, { for: 'buyer', since: atMinute(0), reason: 'to-submit' }],
  ['a submitted one for pricing', SUBMITTED, { for: 'pricing', since: atMinute(1), reason: 'to-price' }],
  [
    'one whose model can not be read yet for the storage',
    [...PRICING, { type: 'pricing-started', revision: 1, storage: true }],
    { for: 'storage', since: atMinute(3), reason: 'to-read' },
  ],
  [
    'one whose model can be read again for pricing',
    [...PRICING, { type: 'pricing-started', revision: 1, storage: true }, { type: 'pricing-started', revision: 1 }],
    { for: 'pricing', since: atMinute(4), reason: 'in-pricing' },
  ],
  ['one in pricing too', PRICING, { for: 'pricing', since: atMinute(2), reason: 'in-pricing' }],
  ['a price for the buyer', PRICE_CALCULATED, { for: 'buyer', since: atMinute(3), reason: 'to-approve' }],
  ['a failed price for CRM, with its reason', PRICE_FAILED, { for: 'crm', since: atMinute(3), reason: 'not-closed' }],
  ['an approved one for any operator', APPROVED, { for: 'operators', since: atMinute(4), reason: 'to-capture' }],
  ['a captured one for its holder', CAPTURED, { for: 'holder', who: OLGA.id, since: atMinute(5), reason: 'to-start' }],
  ['a started one too', STARTED, { for: 'holder', who: OLGA.id, since: atMinute(6), reason: 'to-complete' }],
  [
    'a started one given back for operators',
    STARTED_ALONE,
    { for: 'operators', since: atMinute(7), reason: 'to-capture' },
  ],
  ['a made one for the packer', COMPLETED, { for: 'packer', since: atMinute(7), reason: 'to-pack' }],
  ['a cancelled one for nobody', CANCELLED, { for: 'nobody', since: atMinute(5), reason: 'cancelled' }],
  [
    'a question about a cancellation for the holder',
    ASKED,
    { for: 'holder', who: OLGA.id, since: atMinute(6), reason: 'cancel-requested' },
  ],
  ['a question that nobody answered for CRM', [...ASKED, escalated], crm(7, 'cancel-unanswered')],
  ['a question about what nobody holds for CRM', [...ASKED, released(OLGA)], crm(7, 'cancel-requested')],
  [
    'a price that has expired for the buyer',
    LAPSED_PRICE,
    { for: 'buyer', since: atMinute(4), reason: 'price-expired' },
  ],
  ['a hold of its holder or a supervisor for the holder', [...STARTED, held(BOSS)], holder(7, 'on-hold')],
  ['a hold of CRM for CRM', [...STARTED, held(CRM)], crm(7, 'on-hold')],
  ['a hold of what nobody holds for CRM', [...COMPLETED, held(BOSS)], crm(8, 'on-hold')],
  ['an offer of hand-over changes nothing: the holder answers for it', OFFERED, holder(5, 'to-start')],
  ['a handed-over one for its new holder', [...OFFERED, handedOver], holder(7, 'to-start', OTTO.id)],
  [
    'one to be made again for operators',
    [...COMPLETED, reworked],
    { for: 'operators', since: atMinute(8), reason: 'to-capture' },
  ],
  ['a packed one for the packer', PACKAGING, { for: 'packer', since: atMinute(8), reason: 'to-ship' }],
  ['a shipped one for the carrier', SHIPPED, { for: 'carrier', since: atMinute(9), reason: 'to-deliver' }],
  [
    'a delivered one for nobody, until it is closed',
    DELIVERED,
    { for: 'nobody', since: atMinute(10), reason: 'to-close' },
  ],
  ['a rejected one for nobody', REJECTED, { for: 'nobody', since: atMinute(5), reason: 'rejected' }],
  ['an expired one for nobody', EXPIRED, { for: 'nobody', since: atMinute(1), reason: 'expired' }],
];

for (const [title, story, answer] of expected) test(title, () => assert.equal(line(story), answer));

test('a partner’s order waits for the partner', () => {
  const own = { ...created, tenant: ACME.tenant, owner: ACME.id } as typeof created;
  assert.is(line([own]).for, 'partner');
});

test('in every status somebody is named, and every open one but a delivered waits for somebody', () => {
  const { state } = given(order, ...APPROVED);
  for (const status of STATUSES) {
    const { for: whom, reason } = waiting({ ...state, status });
    assert.match(reason, /^[a-z-]+$/);
    assert.is(whom === 'nobody', isFinal(status) || status === 'DELIVERED', status);
  }
});

test('a hold waits for the holder, without one for CRM', () => {
  const held = (state: OrderState): OrderState => ({
    ...state,
    hold: { reason: 'r', by: OLGA.id, role: 'operator', since: atMinute(9) },
  });
  assert.equal(waiting(held(given(order, ...STARTED).state)).for, 'holder');
  for (const story of [INITIATED, PRICING, APPROVED, COMPLETED]) {
    const { for: whom, reason } = waiting(held(given(order, ...story).state));
    assert.equal([whom, reason], ['crm', 'on-hold']);
  }
});

test('a question without a holder waits for CRM', () => {
  const { state } = given(order, ...COMPLETED);
  const cancellation = given(order, ...ASKED).state.cancellation!;
  assert.equal(waiting({ ...state, cancellation }).for, 'crm');
});

test('since when does not move with changes that leave the answer as it was', () => {
  const { state } = given(order, ...APPROVED);
  const again = order.evolve(
    state,
    { type: 'approved', priceVersion: 1, due: atMinute(99) },
    {
      actor: state.id,
      version: 6,
      at: atMinute(50),
    },
  );
  assert.is(again.updatedAt, atMinute(50));
  assert.is(waiting(again).since, atMinute(4));
});
