import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { order } from '../../actors/order/order.ts';
import { project } from '../../actors/order/project.ts';
import type { Issuer } from '../../src/runtime/actor.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, atMinute, COMMAND, given, MINUTE } from './given.ts';
import { logOf } from './log.ts';
import {
  APPROVED,
  BOSS,
  BOTH,
  CAPTURED,
  COMPLETED,
  completed,
  held,
  OFFERED,
  OLGA,
  OTTO,
  offered,
  onShift,
  outside,
  released,
  SONJA,
  STARTED,
  STARTED_ALONE,
  started,
} from './world.ts';

const test = spec('hand-over');
const offer = (to: Issuer = OTTO, epoch = 1) => ({ type: 'hand-over', epoch, to: to.id }) as const;
const accept = (epoch = 1) => ({ type: 'accept-hand-over', epoch }) as const;
const decline = (epoch = 1) => ({ type: 'decline-hand-over', epoch }) as const;
const handedOver = (slot = 1): OrderEvent => ({ type: 'handed-over', from: OLGA.id, operator: OTTO.id, slot });
const OTTO_WORKS = onShift(OTTO);
const FLOOR = ['MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED'] as const;

test('the holder offers the order and keeps it; the offer lapses after a quarter of an hour', () => {
  const { state, emission } = given(order, ...CAPTURED)
    .when(offer(), { as: OLGA, facts: OTTO_WORKS })
    .then(offered());
  assert.equal([state.capture?.operator, state.epoch, state.handOver?.to], [OLGA.id, 1, OTTO.id]);
  assert.equal([emission.takes, emission.frees], [[], []]);
  const payload = { order: ACTOR, name: 'hand-over', version: 7 };
  const due = '2026-03-02T08:21:00.000Z';
  assert.equal(emission.jobs, [{ id: uuid5(COMMAND, 'timer:hand-over'), kind: 'timer', payload, due }]);
});

test('how long it stands is a setting', () => {
  given(order, ...CAPTURED)
    .when(offer(), { as: OLGA, facts: { ...OTTO_WORKS, times: { handOverMs: MINUTE } } })
    .then({ ...offered(), deadline: atMinute(7) } as OrderEvent);
});

test('a supervisor offers it for the holder', () => {
  for (const as of [BOSS, BOTH]) {
    given(order, ...CAPTURED)
      .when(offer(), { as, facts: OTTO_WORKS })
      .then({ ...offered(), by: as.id } as OrderEvent);
  }
});

test('what is on hold may be handed over: shifts end all the same', () => {
  given(order, ...CAPTURED, held())
    .when(offer(), { as: OLGA, facts: OTTO_WORKS, after: 6 * MINUTE })
    .then(offered(8));
  given(order, ...OFFERED, held())
    .when(accept(), { as: OTTO, facts: OTTO_WORKS })
    .then(handedOver());
});

test('a second offer to the same operator changes nothing, one to another takes its place', () => {
  const quinn = { ...OTTO, id: '09000000-0000-4000-8000-000000000009' };
  given(order, ...OFFERED)
    .when(offer(), { as: OLGA, facts: OTTO_WORKS })
    .then();
  const { state } = given(order, ...OFFERED)
    .when(offer(quinn), { as: OLGA, facts: onShift(quinn), after: 6 * MINUTE })
    .then({ ...offered(8), to: quinn.id } as OrderEvent);
  assert.is(state.handOver?.to, quinn.id);
  given(order, ...OFFERED, { ...offered(8), to: quinn.id } as OrderEvent)
    .when(accept(), { as: OTTO, facts: OTTO_WORKS })
    .thenRefused('nothing_pending', { what: 'hand-over' });
});

test('an offer that has lapsed is made anew', () => {
  given(order, ...OFFERED)
    .when(offer(), { as: OLGA, facts: OTTO_WORKS, after: 22 * MINUTE })
    .then({ ...offered(8), at: atMinute(22), deadline: atMinute(37) } as OrderEvent);
});

test('to whom it is offered must be an operator of the site, at work, who can do it', () => {
  const when = (facts: Parameters<typeof onShift>[2] | undefined) =>
    given(order, ...CAPTURED).when(offer(), { as: OLGA, facts: facts ? onShift(OTTO, [], facts) : {} });
  when(undefined).thenRefused('invalid', { errors: [{ path: '/to', rule: 'unknown operator' }] });
  assert.ok(when({ site: 'south' }).thenRefused('wrong_site').restsOnFacts);
  assert.ok(when({ onShift: false }).thenRefused('off_shift').restsOnFacts);
  assert.ok(when({ skills: ['brass'] }).thenRefused('wrong_skill').restsOnFacts);
});

test('nobody hands over to the holder', () => {
  for (const as of [OLGA, BOSS]) {
    given(order, ...CAPTURED)
      .when(offer(OLGA), { as, facts: onShift(OLGA) })
      .thenRefused('already_captured', { holder: { id: OLGA.id }, since: atMinute(5), epoch: 1 });
  }
});

test('who is not the holder offers nothing; an old epoch is said first', () => {
  given(order, ...CAPTURED)
    .when(offer(), { as: OTTO, facts: OTTO_WORKS })
    .thenRefused('not_holder');
  given(order, ...CAPTURED)
    .when(offer(OTTO, 0), { as: OTTO, facts: OTTO_WORKS })
    .thenRefused('stale_epoch', { epoch: 1, holder: { id: OLGA.id } });
  given(order, ...CAPTURED)
    .when(offer(), { as: SONJA, facts: OTTO_WORKS })
    .thenRefused('wrong_site');
});

test('what nobody holds is not handed over', () => {
  given(order, ...STARTED_ALONE)
    .when(offer(OTTO, 2), { as: BOSS, facts: OTTO_WORKS })
    .thenRefused('nothing_pending', { what: 'capture' });
  given(order, ...APPROVED)
    .when(offer(OTTO, 0), { as: OLGA, facts: OTTO_WORKS })
    .thenRefused('not_holder');
  for (const story of outside(...FLOOR)) {
    for (const command of [offer(), accept(), decline()]) {
      given(order, ...story)
        .when(command, { as: OTTO, facts: OTTO_WORKS })
        .thenRefused('wrong_status', { status: given(order, ...story).state.status, allowed: [...FLOOR] });
    }
  }
});

test('acceptance gives the order, takes a slot and frees the giver’s; the epoch rises', () => {
  for (const story of [OFFERED, [...OFFERED, started]]) {
    const before = given(order, ...story).state;
    const { state, emission } = given(order, ...story)
      .when(accept(), { as: OTTO, facts: onShift(OTTO, [1]) })
      .then(handedOver(2));
    assert.equal(state.capture, { operator: OTTO.id, since: atMinute(story.length), slot: 2 });
    assert.equal([state.epoch, state.handOver, state.status], [2, undefined, before.status]);
    assert.equal([emission.takes, emission.frees], [[`slot:${OTTO.id}:2`], [`slot:${OLGA.id}:1`]]);
  }
});

test('the giver is shut out by the newer epoch', () => {
  given(order, ...OFFERED, handedOver())
    .when({ type: 'start', epoch: 1 }, { as: OLGA })
    .thenRefused('stale_epoch', { epoch: 2, holder: { id: OTTO.id } });
});

test('the hints of slots follow', () => {
  const row = logOf([...OFFERED, handedOver(2)]).at(-1)!;
  assert.equal(project(row).held, [
    { kind: 'operator', holder: OLGA.id, slot: 1, held: false },
    { kind: 'operator', holder: OTTO.id, slot: 2, held: true },
  ]);
});

test('who accepts must be at work, able, of the site, and have a place free', () => {
  const when = (slots: number[], facts: Parameters<typeof onShift>[2], taken = {}) =>
    given(order, ...OFFERED).when(accept(), { as: OTTO, facts: onShift(OTTO, slots, facts), taken });
  assert.ok(when([], { onShift: false }).thenRefused('off_shift').restsOnFacts);
  assert.ok(when([], { skills: ['brass'] }).thenRefused('wrong_skill').restsOnFacts);
  assert.ok(when([], { site: 'south' }).thenRefused('wrong_site').restsOnFacts);
  const full = when([1, 2], { limit: 2 }).thenRefused('wip_limit', { held: 2, limit: 2 });
  assert.ok(full.restsOnFacts);
  when([1], { limit: 2 }, { [`slot:${OTTO.id}:2`]: 'another-order' }).thenRefused('wip_limit');
  given(order, ...OFFERED)
    .when(accept(), { as: OTTO })
    .thenRefused('off_shift');
});

test('the other declines: the order stays with its holder', () => {
  const { state, emission } = given(order, ...OFFERED)
    .when(decline(), { as: OTTO })
    .then({ type: 'hand-over-declined', to: OTTO.id });
  assert.equal([state.capture?.operator, state.epoch, state.handOver], [OLGA.id, 1, undefined]);
  assert.equal([emission.takes, emission.frees], [[], []]);
});

test('without an offer, or after it has lapsed, there is nothing to accept or decline', () => {
  for (const command of [accept(), decline()]) {
    const pending = { what: 'hand-over' };
    given(order, ...CAPTURED)
      .when(command, { as: OTTO, facts: OTTO_WORKS })
      .thenRefused('nothing_pending', pending);
    given(order, ...OFFERED)
      .when(command, { as: OTTO, facts: OTTO_WORKS, after: 21 * MINUTE + 1 })
      .thenRefused('nothing_pending', pending);
    given(order, ...OFFERED)
      .when(command, { as: OLGA, facts: onShift(OLGA) })
      .thenRefused('nothing_pending', pending);
    given(order, ...OFFERED)
      .when({ ...command, epoch: 0 }, { as: OTTO, facts: OTTO_WORKS })
      .thenRefused('stale_epoch', { epoch: 1, holder: { id: OLGA.id } });
    given(order, ...OFFERED)
      .when(command, { as: SONJA, facts: onShift(SONJA, [], { site: 'south' }) })
      .thenRefused('wrong_site');
  }
});

test('an offer ends with the capture that it was about', () => {
  for (const story of [
    [...OFFERED, released(OLGA)],
    [...OFFERED, started, completed],
  ]) {
    assert.is(given(order, ...story).state.handOver, undefined);
  }
  assert.is(given(order, ...STARTED).state.handOver, undefined);
  assert.is(given(order, ...COMPLETED).state.handOver, undefined);
});
