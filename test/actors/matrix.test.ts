/** Every command, sent under every role, by whom it concerns and by whom it does not: generated from the tables. */
import { Value } from 'typebox/value';
import * as assert from 'uvu/assert';
import type { CommandTable } from '../../actors/command-table.ts';
import { OPERATOR_COMMANDS } from '../../actors/operator/commands.ts';
import { operator } from '../../actors/operator/operator.ts';
import type { OperatorState } from '../../actors/operator/state.ts';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { HOUSE, ROLES, type Role } from '../../actors/roles.ts';
import { type ActorDefinition, type Issuer, isRefusal } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { ACTOR, context, fold } from './given.ts';
import { MATRIX, OPERATOR_SAMPLES, ORDER_SAMPLES } from './samples.ts';
import { ACME, BO, BOOK, BY_STATUS, MODEL, onShift, person, T0, worker } from './world.ts';

const test = spec('who may send what');
type Answer = 'not_found' | 'forbidden' | 'wrong_site' | 'judged';
type Relation = 'own' | 'foreign' | 'at its site' | 'at another site' | 'without a site';

const FLOOR: readonly Role[] = ['operator', 'packer', 'quality', 'supervisor'];
const CUSTOMERS: readonly Role[] = ['buyer', 'partner'];
const STATES = Object.values(BY_STATUS).map((story) => fold(order, story)!);
const FACTS = { ...onShift(person('x', 'operator')), tariffs: BOOK, model: MODEL, number: '42' };

const relations = (role: Role): Relation[] => {
  if (CUSTOMERS.includes(role)) return ['own', 'foreign'];
  return FLOOR.includes(role) ? ['at its site', 'at another site', 'without a site'] : ['without a site'];
};

function issuer(role: Role, relation: Relation): Issuer {
  const site = relation === 'at its site' ? 'north' : relation === 'at another site' ? 'south' : undefined;
  if (role === 'system') return { id: ACTOR, role, roles: [role], tenant: 'system' };
  if (role === 'partner') return person(ACME.id, role, relation === 'own' ? ACME.tenant : BO.id);
  return person(relation === 'own' ? BO.id : ACTOR, role, HOUSE, site);
}

/** A partner's own orders are the partner's. */
const ownedBy = (state: OrderState, role: Role): OrderState =>
  role === 'partner' ? { ...state, tenant: ACME.tenant, owner: ACME.id } : state;

function expected(type: string, role: Role, relation: Relation): Answer {
  if (relation === 'foreign') return 'not_found';
  if (!MATRIX[type]?.includes(role)) return 'forbidden';
  return relation === 'at another site' ? 'wrong_site' : 'judged';
}

function answer<S, C extends { readonly type: string }, E extends { readonly type: string }, F extends object>(
  actor: ActorDefinition<S, C, E, F>,
  state: S,
  command: C,
  as: Issuer,
): Answer {
  if (!actor.sees(state, as)) return 'not_found';
  const decision = actor.decide(state, command, context(T0, { as, facts: FACTS as unknown as Partial<F> }));
  const code = isRefusal(decision) ? decision.refused : '';
  return code === 'forbidden' || code === 'wrong_site' ? code : 'judged';
}

test('the samples are of every command, and fit their schemas', () => {
  const tables: [CommandTable, Readonly<Record<string, { type: string }>>][] = [
    [ORDER_COMMANDS, ORDER_SAMPLES],
    [OPERATOR_COMMANDS, OPERATOR_SAMPLES],
  ];
  for (const [table, samples] of tables) {
    assert.equal(Object.keys(samples).toSorted(), Object.keys(table).toSorted());
    for (const { type, ...fields } of Object.values(samples)) assert.ok(Value.Check(table[type]!.fields, fields), type);
  }
});

for (const [type, command] of Object.entries(ORDER_SAMPLES)) {
  if (type === 'create') continue; // it addresses no order
  test(`${type}: role and site are looked at before the order’s status`, () => {
    for (const role of ROLES) {
      for (const relation of relations(role)) {
        for (const state of STATES) {
          const said = answer(order, ownedBy(state, role), command, issuer(role, relation));
          assert.is(said, expected(type, role, relation), `${role} ${relation} ${state.status}`);
        }
      }
    }
  });
}

for (const [type, command] of Object.entries(OPERATOR_SAMPLES)) {
  test(`${type} of an operator: by whom`, () => {
    const state: OperatorState = worker(ACTOR);
    for (const role of ROLES.filter((one) => !CUSTOMERS.includes(one))) {
      for (const relation of relations(role)) {
        // hire is answered before the site matters: there is nothing at a site yet
        const wanted = type === 'hire' && MATRIX[type]?.includes(role) ? 'judged' : expected(type, role, relation);
        assert.is(answer(operator, state, command, issuer(role, relation)), wanted, `${role} ${relation}`);
      }
    }
  });
}

test('an operator does not exist for buyers and partners', () => {
  for (const command of Object.values(OPERATOR_SAMPLES)) {
    for (const role of CUSTOMERS) assert.is(answer(operator, worker(ACTOR), command, issuer(role, 'own')), 'not_found');
  }
});
