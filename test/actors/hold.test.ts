import * as assert from 'uvu/assert';
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import { FINAL, OPEN } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, atMinute, COMMAND, given, MINUTE } from './given.ts';
import { ORDER_SAMPLES } from './samples.ts';
import {
  APPROVED,
  ASKED,
  BO,
  BOSS,
  BY_STATUS,
  CAPTURED,
  COMPLETED,
  CRM,
  DELIVERED,
  held,
  INITIATED,
  LAPSED_PRICE,
  MODEL,
  OLGA,
  OTTO,
  onShift,
  PACKAGING,
  PIA,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  QUINN,
  SHIPPED,
  SONJA,
  STARTED,
  SYSTEM,
  TARIFFS,
} from './world.ts';

const test = spec('hold and resume');
const hold = { type: 'hold', reason: 'quality' } as const;
const resume = { type: 'resume' } as const;
const heldAt = (minute: number, as: Issuer): OrderEvent => ({ ...held(as), since: atMinute(minute) }) as OrderEvent;

test('any open order may be held, by a supervisor or CRM', () => {
  for (const status of OPEN) {
    for (const as of [BOSS, CRM]) {
      const story = BY_STATUS[status];
      const { state } = given(order, ...story)
        .when(hold, { as, facts: TARIFFS })
        .then(heldAt(story.length, as));
      assert.equal([state.status, state.hold?.by], [status, as.id]);
    }
  }
});

test('the holder may, another operator may not', () => {
  given(order, ...CAPTURED)
    .when(hold, { as: OLGA, facts: TARIFFS })
    .then(heldAt(6, OLGA));
  for (const story of [APPROVED, CAPTURED, COMPLETED]) {
    given(order, ...story)
      .when(hold, { as: OTTO, facts: TARIFFS })
      .thenRefused('not_holder');
  }
  given(order, ...CAPTURED)
    .when(hold, { as: SONJA, facts: TARIFFS })
    .thenRefused('wrong_site');
});

test('a note goes into the log as its id only', () => {
  const note = 'Ms Berg asks for a smaller size';
  const { emission } = given(order, ...CAPTURED)
    .when({ ...hold, note }, { as: OLGA, facts: TARIFFS })
    .then({ ...heldAt(6, OLGA), note: uuid5(COMMAND, 'note') } as OrderEvent);
  assert.not.match(JSON.stringify(emission), 'Berg');
});

test('a closed order is not held, and one on hold not twice', () => {
  for (const status of FINAL) {
    for (const command of [hold, resume]) {
      given(order, ...BY_STATUS[status])
        .when(command, { as: CRM, facts: TARIFFS })
        .thenRefused('wrong_status', { status, allowed: [...OPEN] });
    }
  }
  given(order, ...APPROVED, held())
    .when(hold, { as: CRM, facts: TARIFFS })
    .thenRefused('on_hold');
});

test('the reason is one of the catalogue’s', () => {
  given(order, ...APPROVED)
    .when({ type: 'hold', reason: 'mood' }, { as: CRM, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/reason', rule: 'unknown reason' }] });
});

test('on hold nobody moves the order on', () => {
  const steps: [readonly OrderEvent[], OrderCommand, Issuer][] = [
    [INITIATED, { type: 'submit' }, BO],
    [LAPSED_PRICE, { type: 'requote' }, BO],
    [PRICE_CALCULATED, { type: 'approve', priceVersion: 1 }, BO],
    [APPROVED, { type: 'capture', epoch: 0 }, OLGA],
    [CAPTURED, { type: 'start', epoch: 1 }, OLGA],
    [STARTED, { type: 'complete', epoch: 1 }, OLGA],
    [COMPLETED, { type: 'pack' }, PIA],
    [PACKAGING, ORDER_SAMPLES.ship, PIA],
    [DELIVERED, { type: 'close' }, CRM],
  ];
  for (const [story, command, as] of steps) {
    given(order, ...story, held())
      .when(command, { as, facts: { ...TARIFFS, ...onShift(OLGA) } })
      .thenRefused('on_hold');
  }
});

test('what has happened anyway is taken, and the ways back are open', () => {
  const steps: [readonly OrderEvent[], OrderCommand, Issuer][] = [
    [PRICING, ORDER_SAMPLES.priced, SYSTEM],
    [PRICING, ORDER_SAMPLES['pricing-failed'], SYSTEM],
    [SHIPPED, { type: 'delivered' }, CRM],
    [INITIATED, ORDER_SAMPLES['change-settings'], BO],
    [PRICE_FAILED, ORDER_SAMPLES['set-price'], CRM],
    [APPROVED, ORDER_SAMPLES.reject, CRM],
    [APPROVED, ORDER_SAMPLES.move, BOSS],
    [APPROVED, ORDER_SAMPLES['set-priority'], BOSS],
    [CAPTURED, ORDER_SAMPLES.release, OLGA],
    [COMPLETED, ORDER_SAMPLES.rework, QUINN],
    [CAPTURED, ORDER_SAMPLES['request-cancel'], BO],
    [ASKED, ORDER_SAMPLES['accept-cancel'], OLGA],
    [ASKED, ORDER_SAMPLES['refuse-cancel'], OLGA],
  ];
  const facts = { ...TARIFFS, model: MODEL };
  for (const [story, command, as] of steps) {
    const { state } = given(order, ...story, held());
    const before = given(order, ...story, held()).when(command, { as, facts });
    try {
      before.thenRefused('on_hold');
    } catch (error) {
      assert.match((error as Error).message, /^accepted/, `${command.type} in ${state.status}`);
      continue;
    }
    assert.unreachable(`${command.type} is refused on hold`);
  }
});

test('whoever may hold may resume; how long it was is in the event', () => {
  for (const as of [OLGA, BOSS, CRM]) {
    const { state } = given(order, ...STARTED, held())
      .when(resume, { as, after: 9 * MINUTE })
      .then({ type: 'resumed', heldMs: 5 * MINUTE });
    assert.equal([state.hold, state.status], [undefined, 'MANUFACTURING_STARTED']);
  }
  given(order, ...STARTED, held())
    .when(resume, { as: OTTO })
    .thenRefused('not_holder');
});

test('what is not on hold is not resumed', () => {
  given(order, ...STARTED)
    .when(resume, { as: OLGA })
    .thenRefused('nothing_pending', { what: 'hold' });
});

test('clocks that a hold has stopped run anew', () => {
  const jobs = (story: readonly OrderEvent[]) =>
    given(order, ...story, held())
      .when(resume, { as: CRM, after: 9 * MINUTE })
      .then({ type: 'resumed', heldMs: 5 * MINUTE }).emission.jobs;
  const timer = (name: string, version: number, due: string) => ({
    id: uuid5(COMMAND, `timer:${name}`),
    kind: 'timer',
    payload: { order: ACTOR, name, version },
    due,
  });
  assert.equal(jobs(INITIATED), [timer('expire', 3, '2026-03-09T08:09:00.000Z')]);
  assert.equal(jobs(DELIVERED), [timer('close', 13, '2026-03-16T08:09:00.000Z')]);
  for (const story of [PRICE_CALCULATED, APPROVED, CAPTURED, SHIPPED]) assert.equal(jobs(story), []);
});
