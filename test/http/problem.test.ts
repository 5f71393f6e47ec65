import * as assert from 'uvu/assert';
import { httpStatusOf, REFUSALS } from '../../gateways/contract/problem.ts';
import { textOf } from '../../gateways/contract/refusal.ts';
import { AndonError, invalidInput, unavailable } from '../../src/errors.ts';
import { problem, problemOf, problemReply } from '../../src/http/problem.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('problems');

test('every refusal is 409; a code nobody announced is not told', () => {
  for (const code of REFUSALS) assert.is(httpStatusOf(code), 409);
  assert.is(httpStatusOf('bad_row'), undefined);
});

test('a bug says nothing about itself', () => {
  for (const error of [new Error('password=x'), 'text', null, new AndonError('bad_row', 'secret', { expose: true })]) {
    const { status, body } = problemOf(error, httpStatusOf);
    assert.is(status, 500);
    assert.is(body['code'], 'internal');
    assert.not(JSON.stringify(body).includes('secret') || JSON.stringify(body).includes('password'));
  }
});

test('what must be tried again says when', () => {
  for (const error of [unavailable('the log'), new AndonError('redis_away', 'x')]) {
    const { status, headers, body } = problemOf(error, httpStatusOf);
    assert.equal([status, body['code'], headers['Retry-After']], [503, 'unavailable', '1']);
  }
});

test('faults of an actor are told in words too, as those of a shape are', () => {
  const errors = [
    { path: '/site', rule: 'unknown site' },
    { path: '', rule: 'unknown field' },
  ];
  const detail = '/site unknown site; / unknown field';
  assert.is(problem('invalid', 422, { errors }).body['detail'], detail);
  assert.is(problemOf(invalidInput(errors), httpStatusOf).body['detail'], detail);
});

test('every refusal says what it means', () => {
  for (const code of REFUSALS) assert.ok(textOf(code), code);
  const reply = problemReply('on_hold', 409, {}, {}, textOf('on_hold'));
  assert.is((reply.body as { detail: string }).detail, 'the order is on hold');
});

test('details stand beside code and title and cannot replace them', () => {
  const { body } = problem('already_captured', 409, { holder: { id: 'o' }, code: 'x', type: 'y' });
  assert.equal(body['holder'], { id: 'o' });
  assert.is(body['code'], 'already_captured');
  assert.is(body['type'], 'urn:andon:problem:already_captured');
});

test('wrong_status tells the status of the order', () => {
  assert.is(problem('wrong_status', 409, { status: 'INITIATED', allowed: ['SUBMITTED'] }).body['status'], 'INITIATED');
});
