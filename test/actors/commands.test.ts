import { Value } from 'typebox/value';
import * as assert from 'uvu/assert';
import { type CommandTable, commandSpec, creators, factsFor } from '../../actors/command-table.ts';
import { OPERATOR_COMMANDS } from '../../actors/operator/commands.ts';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import { spec } from '../_kit/spec.ts';
import { BO, MODEL, OLGA, OTTO, SETTINGS, SYSTEM } from './world.ts';

const test = spec('the command tables');
const tables: CommandTable = { ...ORDER_COMMANDS, ...OPERATOR_COMMANDS };
const create = { model: MODEL.id, settings: SETTINGS };
const takes = (type: string, fields: unknown) => Value.Check(tables[type]!.fields, fields);

test('every command refuses fields it does not know, nested ones too', () => {
  for (const [type, { fields }] of Object.entries(tables)) {
    assert.is(Reflect.get(fields, 'additionalProperties'), false, type);
    assert.not.ok(takes(type, { surprise: 1 }), type);
  }
  assert.ok(takes('create', create));
  assert.not.ok(takes('create', { ...create, settings: { ...SETTINGS, colour: 'red' } }));
});

test('every schema is plain JSON: OpenAPI is made of it', () => {
  for (const { fields } of Object.values(tables)) assert.equal(JSON.parse(JSON.stringify(fields)).type, 'object');
});

test('wrong types and numbers out of bounds are refused', () => {
  for (const quantity of [0, -1, 1.5, 10_001, '1', null, Number.NaN]) {
    assert.not.ok(takes('create', { ...create, settings: { ...SETTINGS, quantity } }), String(quantity));
  }
  for (const epoch of [-1, 0.5, '0', 2 ** 31]) assert.not.ok(takes('capture', { epoch }), String(epoch));
  for (const limit of [0, 1_001, 2.5]) assert.not.ok(takes('set-limit', { limit }), String(limit));
  assert.ok(takes('set-limit', { limit: 1_000 }));
});

test('text takes no control characters and no half characters, and has an end', () => {
  for (const bad of ['', 'a\u0000', 'a\u001b', '\ud800', 'x'.repeat(101)]) {
    assert.not.ok(takes('create', { ...create, reference: bad }), JSON.stringify(bad));
  }
  for (const bad of ['', 'a\u0000', '\udc00', 'x'.repeat(2_001)]) {
    assert.not.ok(takes('create', { ...create, note: bad }), JSON.stringify(bad.slice(0, 9)));
  }
  assert.ok(takes('create', { ...create, reference: 'Ünïcode 😀', note: 'two\nlines' }));
  assert.not.ok(takes('create', { ...create, reference: 'two\nlines' }));
});

test('ids look like ids', () => {
  assert.not.ok(takes('create', { ...create, model: 'x' }));
  assert.not.ok(takes('create', { ...create, site: '../north' }));
  assert.not.ok(takes('request-cancel', { reason: 'I changed my mind' }));
  assert.ok(takes('request-cancel', { reason: 'changed-mind' }));
});

test('only create and approve need a key', () => {
  const keyed = Object.keys(tables).filter((type) => tables[type]!.keyRequired);
  assert.equal(keyed, ['create', 'approve']);
});

test('only create and hire are the first of an actor', () => {
  assert.equal(creators(ORDER_COMMANDS), ['create']);
  assert.equal(creators(OPERATOR_COMMANDS), ['hire']);
});

test('a command tells which facts it needs', () => {
  const facts = (command: { type: string }, by = BO) =>
    factsFor(ORDER_COMMANDS, command, by).map(({ fact, id }) => [fact, id]);
  assert.equal(facts({ type: 'create', ...create }), [
    ['number', 'all'],
    ['model', MODEL.id],
    ['tariffs', 'all'],
    ['times', 'all'],
  ]);
  assert.equal(facts({ type: 'capture' }, OLGA), [['operator', OLGA.id]]);
  assert.equal(facts({ type: 'hand-over', to: OTTO.id } as never, OLGA), [
    ['operator', OTTO.id],
    ['times', 'all'],
  ]);
  assert.equal(facts({ type: 'accept-hand-over' }, OTTO), [['operator', OTTO.id]]);
  assert.equal(facts({ type: 'let-go', operator: OLGA.id } as never, SYSTEM), [['operator', OLGA.id]]);
  assert.equal(facts({ type: 'start' }, OLGA), []);
  assert.equal(facts({ type: 'release' }, OLGA), []);
  assert.equal(facts({ type: 'no-such-command' }), []);
});

test('names of Object’s own are no commands', () => {
  for (const type of ['constructor', 'toString', '__proto__']) assert.is(commandSpec(tables, type), undefined);
});

test('partners may send what the contract names, the floor what it does', () => {
  const through = (edge: 'partners' | 'mes') =>
    Object.keys(tables).filter((type) => tables[type]!.exposed.includes(edge));
  const partners = 'create attach-model change-settings submit requote approve request-cancel';
  assert.equal(through('partners'), partners.split(' '));
  const mes = `capture release hand-over accept-hand-over decline-hand-over start complete rework pack ship
    hold resume accept-cancel refuse-cancel set-priority move start-shift end-shift set-limit set-skills`;
  assert.equal(through('mes'), mes.split(/\s+/));
});
