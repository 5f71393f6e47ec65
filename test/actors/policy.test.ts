import * as assert from 'uvu/assert';
import type { CommandTable } from '../../actors/command-table.ts';
import { isInternal } from '../../actors/command-table.ts';
import { OPERATOR_COMMANDS } from '../../actors/operator/commands.ts';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import {
  allowed,
  atWrongSite,
  boardVisible,
  maySend,
  publicView,
  readable,
  roleFor,
  sees,
} from '../../actors/policy.ts';
import { HOUSE, ROLES } from '../../actors/roles.ts';
import { spec } from '../_kit/spec.ts';
import { MATRIX } from './samples.ts';
import { ACME, BO, BOSS, BOTH, CRM, ENGINEER, GLOBEX, OLGA, OTHER_BUYER, OTTO, SONJA, SYSTEM } from './world.ts';

const test = spec('policy');
const order = { tenant: HOUSE, owner: BO.id, site: 'north' };
const acmes = { tenant: ACME.tenant, owner: ACME.id, site: 'north' };
const everyone = [BO, OTHER_BUYER, ACME, GLOBEX, OLGA, SONJA, BOSS, CRM, ENGINEER, SYSTEM];

const tables: CommandTable = { ...ORDER_COMMANDS, ...OPERATOR_COMMANDS };

test('the matrix names every command', () => {
  assert.equal(Object.keys(tables).toSorted(), Object.keys(MATRIX).toSorted());
});

for (const [type, spec] of Object.entries(tables)) {
  test(`${type} is for ${MATRIX[type]?.join(', ')} and nobody else`, () => {
    const may = ROLES.filter((role) => roleFor(spec, [role]) === role);
    assert.equal(
      may,
      ROLES.filter((role) => MATRIX[type]!.includes(role)),
    );
    for (const role of ROLES) assert.is(allowed(tables, [role]).includes(type), may.includes(role));
  });
}

test('what the system sends no edge offers', () => {
  for (const [type, spec] of Object.entries(tables)) {
    if (spec.roles.includes('system')) assert.ok(isInternal(spec), type);
  }
});

test('a caller with several roles sends under the first that may', () => {
  assert.is(roleFor(ORDER_COMMANDS.release, ['supervisor', 'operator']), 'operator');
  assert.is(roleFor(ORDER_COMMANDS.approve, ['engineer', 'crm']), 'crm');
  assert.is(roleFor(ORDER_COMMANDS.approve, ['engineer']), undefined);
  assert.is(roleFor(ORDER_COMMANDS.approve, []), undefined);
});

test('an operator commands no other operator, a supervisor does', () => {
  const shift = OPERATOR_COMMANDS['start-shift'];
  assert.equal(
    [maySend(shift, OLGA, OLGA.id), maySend(shift, OLGA, OTTO.id), maySend(shift, BOSS, OTTO.id)],
    [true, false, true],
  );
});

test('a buyer addresses its own orders, a partner its company’s, staff all', () => {
  assert.equal(
    everyone.map((issuer) => sees(order, issuer)),
    [true, false, false, false, true, true, true, true, true, true],
  );
  assert.equal(
    everyone.map((issuer) => sees(acmes, issuer)),
    [false, false, true, false, true, true, true, true, true, true],
  );
});

test('staff bound to a site reads that site’s orders only', () => {
  assert.equal(
    everyone.map((issuer) => readable(order, issuer)),
    [true, false, false, false, true, false, true, true, true, true],
  );
});

test('staff that is also a buyer reads its own orders of any site', () => {
  const both = { ...SONJA, roles: ['operator', 'buyer'] };
  assert.ok(readable({ ...order, owner: SONJA.id }, both));
  assert.not.ok(readable(order, both));
});

test('a buyer with the id of a partner’s owner reads nothing of that partner', () => {
  assert.not.ok(readable(acmes, { ...BO, id: ACME.id }));
  assert.not.ok(sees(acmes, { ...BO, id: ACME.id }));
});

test('a board is for those who work at its site', () => {
  assert.equal(
    everyone.map((issuer) => boardVisible('north', issuer)),
    [false, false, false, false, true, false, true, false, false, false],
  );
  const { site: _, ...everywhere } = BOSS;
  assert.ok(boardVisible('south', everywhere));
  const { site: __, ...nowhere } = OLGA;
  assert.not.ok(boardVisible('north', nowhere));
});

test('only staff bound to a site can be at the wrong one', () => {
  assert.equal(
    everyone.map((issuer) => atWrongSite('south', issuer)),
    [false, false, false, false, true, false, true, false, false, false],
  );
});

test('buyers, partners and guests are shown less', () => {
  assert.equal(everyone.map(publicView), [true, true, true, true, false, false, false, false, false, false]);
  assert.ok(publicView({ roles: [] }));
});

test('a supervisor’s release without a reason is a fault of the field, an operator’s is not', () => {
  const { check } = ORDER_COMMANDS.release;
  const fault = [{ path: '/reason', rule: 'required of a supervisor' }];
  assert.equal(check!({ epoch: 1 }, BOSS), fault);
  assert.equal(check!({ epoch: 1, reason: 'machine-down' }, BOSS), []);
  assert.equal(check!({ epoch: 1 }, OLGA), []);
  assert.equal(check!({ epoch: 1 }, BOTH), []);
});
