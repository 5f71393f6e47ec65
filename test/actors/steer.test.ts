import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { FINAL, OPEN } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import { project } from '../../actors/order/project.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, COMMAND, given } from './given.ts';
import { logOf } from './log.ts';
import { ORDER_SAMPLES } from './samples.ts';
import {
  APPROVED,
  BOSS,
  BY_STATUS,
  CAPTURED,
  COMPLETED,
  CRM,
  created,
  INITIATED,
  OLGA,
  PACKAGING,
  PRICE_CALCULATED,
  PRICE_FAILED,
  PRICING,
  SETTINGS,
  STARTED_ALONE,
  SUBMITTED,
  SYSTEM,
  TARIFFS,
} from './world.ts';

const test = spec('what supervisors steer');
const urgent = { type: 'set-priority', priority: 2 } as const;
const move = { type: 'move', site: 'south' } as const;
const moved: OrderEvent = { type: 'moved', from: 'north', site: 'south' };
const ELSEWHERE = { ...BOSS, site: 'south' };
const { site: _, ...EVERYWHERE } = BOSS;

test('a supervisor sets how urgent an open order is; the same again changes nothing', () => {
  for (const status of OPEN) {
    const { state } = given(order, ...BY_STATUS[status])
      .when(urgent, { as: BOSS })
      .then({ type: 'priority-set', priority: 2 });
    assert.equal(
      [state.priority, state.status, state.epoch],
      [2, status, given(order, ...BY_STATUS[status]).state.epoch],
    );
    given(order, ...BY_STATUS[status])
      .when({ ...urgent, priority: 0 }, { as: BOSS })
      .then();
  }
});

test('an urgent order sorts before others', () => {
  const places = logOf([...APPROVED, { type: 'priority-set', priority: 2 }]).map(
    (row) => project(row).places[0]?.urgent,
  );
  assert.ok(places.at(-1)! < places.at(-2)!);
});

test('a closed order is neither urgent nor moved', () => {
  for (const status of FINAL) {
    given(order, ...BY_STATUS[status])
      .when(urgent, { as: BOSS })
      .thenRefused('wrong_status');
    given(order, ...BY_STATUS[status])
      .when(move, { as: BOSS, facts: TARIFFS })
      .thenRefused('wrong_status');
  }
});

test('only supervisors of its site, or of all, steer', () => {
  for (const command of [urgent, move]) {
    for (const as of [OLGA, CRM])
      given(order, ...APPROVED)
        .when(command, { as, facts: TARIFFS })
        .thenRefused('forbidden');
    given(order, ...APPROVED)
      .when(command, { as: ELSEWHERE, facts: TARIFFS })
      .thenRefused('wrong_site');
  }
  given(order, ...APPROVED)
    .when(move, { as: EVERYWHERE, facts: TARIFFS })
    .then(moved);
});

test('an order moves to another site with its number, price and due date', () => {
  for (const story of [INITIATED, PRICE_CALCULATED, APPROVED, STARTED_ALONE, COMPLETED, PACKAGING]) {
    const before = given(order, ...story).state;
    const { state, emission } = given(order, ...story)
      .when(move, { as: BOSS, facts: TARIFFS })
      .then(moved);
    assert.is(state.site, 'south');
    for (const field of ['number', 'price', 'due', 'status', 'epoch', 'revision'] as const)
      assert.equal(state[field], before[field], field);
    assert.equal(emission.jobs, []);
  }
});

test('its card leaves one board and stands on the other', () => {
  const row = logOf([...APPROVED, moved]).at(-1)!;
  assert.equal(
    project(row).places.map(({ board, lane }) => [board, lane]),
    [
      ['north', null],
      ['south', 'new'],
    ],
  );
});

test('a price that is not there yet is the new site’s: what the old one’s tariff gives is obsolete', () => {
  for (const story of [SUBMITTED, PRICING, PRICE_FAILED]) {
    const again: OrderEvent = { type: 'moved', from: 'north', site: 'south', revision: 2 };
    const { state, emission } = given(order, ...story)
      .when(move, { as: BOSS, facts: TARIFFS })
      .then(again);
    assert.equal([state.status, state.revision, state.priceFailure], ['SUBMITTED', 2, undefined]);
    assert.equal(emission.jobs, [
      { id: uuid5(COMMAND, 'price'), kind: 'price', payload: { order: ACTOR, revision: 2 } },
    ]);
    given(order, ...story, again)
      .when(ORDER_SAMPLES.priced, { as: SYSTEM })
      .thenRefused('wrong_status');
  }
});

test('a move to where it is changes nothing', () => {
  given(order, ...APPROVED)
    .when({ type: 'move', site: 'north' }, { as: BOSS, facts: TARIFFS })
    .then();
});

test('the site must be one of ours and make such things', () => {
  given(order, ...APPROVED)
    .when({ type: 'move', site: 'west' }, { as: BOSS, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/site', rule: 'unknown site' }] });
  const gold = { ...created, settings: { ...SETTINGS, material: 'gold-585' } } as typeof created;
  given(order, gold)
    .when(move, { as: BOSS, facts: TARIFFS })
    .thenRefused('invalid', { errors: [{ path: '/site', rule: 'does not make these settings' }] });
});

test('what an operator holds, or what has left the house, is not moved', () => {
  given(order, ...CAPTURED)
    .when(move, { as: BOSS, facts: TARIFFS })
    .thenRefused('already_captured');
  for (const status of ['SHIPPED', 'DELIVERED'] as const)
    given(order, ...BY_STATUS[status])
      .when(move, { as: BOSS, facts: TARIFFS })
      .thenRefused('wrong_status');
});
