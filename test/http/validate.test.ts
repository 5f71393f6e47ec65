import Type, { type TSchema } from 'typebox';
import * as assert from 'uvu/assert';
import { Uuid } from '../../gateways/contract/shapes.ts';
import { checker, queryReader } from '../../src/http/validate.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('validation');

const Order = Type.Object(
  {
    model: Type.String({ pattern: '^m' }),
    settings: Type.Object({ quantity: Type.Integer({ minimum: 1, maximum: 5 }) }, { additionalProperties: false }),
    note: Type.Optional(Type.String({ maxLength: 5 })),
    site: Type.Optional(Type.Union([Type.Literal('me'), Type.Integer()])),
  },
  { additionalProperties: false },
);
const check = checker(Order);
const paths = (value: unknown) => check(value).map(({ path }) => path);

test('what fits has no faults', () => {
  assert.equal(check({ model: 'm1', settings: { quantity: 1 } }), []);
});

test('every fault is told with its JSON pointer, all of them together', () => {
  const faults = check({ settings: { quantity: -1, 'a/b~c': 1 }, note: 'too long', extra: null });
  assert.equal(
    new Set(faults.map(({ path }) => path)),
    new Set(['/model', '/settings/quantity', '/settings/a~1b~0c', '/note', '/extra']),
  );
  assert.is(faults.find(({ path }) => path === '/model')?.rule, 'required');
  assert.is(faults.find(({ path }) => path === '/extra')?.rule, 'unknown field');
});

test('a wrong type is a fault where it stands, whatever the type', () => {
  for (const model of [1, null, [], {}, true]) assert.equal(paths({ model, settings: { quantity: 1 } }), ['/model']);
  assert.equal(paths({ model: 'm', settings: 'x' }), ['/settings']);
  assert.equal(paths({ model: 'm', settings: { quantity: 1.5 } }), ['/settings/quantity']);
  assert.equal(paths({ model: 'm', settings: { quantity: Number.POSITIVE_INFINITY } }), ['/settings/quantity']);
});

test('where no form of a union fits, one fault says so', () => {
  assert.equal(paths({ model: 'm', settings: { quantity: 1 }, site: 'you' }), ['/site']);
});

test('U+0000 and half characters are faults, deep down too', () => {
  assert.equal(paths({ model: 'm', settings: { quantity: 1 }, note: 'a\u0000' }), ['/note']);
  assert.equal(paths({ model: 'm', settings: { quantity: 1 }, note: '\ud800' }), ['/note']);
});

test('a field called __proto__ is an unknown field and pollutes nothing', () => {
  const value: unknown = JSON.parse('{"model":"m","settings":{"quantity":1},"__proto__":{"polluted":true}}');
  assert.equal(paths(value), ['/__proto__']);
  assert.is(({} as { polluted?: boolean }).polluted, undefined);
});

const rules = (schema: TSchema, value: unknown) => checker(schema)(value).map(({ path, rule }) => `${path} ${rule}`);

test('a rule says what is allowed, in words', () => {
  const Lane = Type.Union([Type.Literal('new'), Type.Literal('made')]);
  const Told = Type.Object({
    id: Uuid,
    lane: Lane,
    sort: Type.Optional(Type.Enum(['asc', 'desc', 'none'])),
    who: Type.Optional(Type.Union([Uuid, Type.Literal('me')])),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
  });
  assert.equal(rules(Told, { id: 'x', lane: 'old', sort: 'up', who: 'you', count: 6 }), [
    '/id must be a UUID',
    '/lane must be new or made',
    '/sort must be asc, desc or none',
    '/who must be a UUID or me',
    '/count must be at most 5',
  ]);
  assert.equal(rules(Told, { id: 1, lane: 'new', count: 0 }), ['/id must be text', '/count must be at least 1']);
  assert.equal(rules(Told, { id: 'x', lane: 'new', count: '1' }), [
    '/id must be a UUID',
    '/count must be a whole number',
  ]);
  assert.equal(rules(Told, {}), ['/id required', '/lane required: new or made']);
  assert.equal(rules(Type.Array(Type.Object({ lane: Lane })), [{ lane: 'new' }, {}]), [
    '/1/lane required: new or made',
  ]);
});

test('more than a few faults are told too', () => {
  assert.is(
    rules(
      Type.Array(Uuid),
      Array.from({ length: 30 }, () => 'x'),
    ).length,
    30,
  );
});

const read = queryReader(
  Type.Object(
    { limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })), lane: Type.Enum(['new', 'made']) },
    { additionalProperties: false },
  ),
);

test('a query is read by its schema: integers from digits', () => {
  const { fields, faults } = read(new URLSearchParams('limit=50&lane=new'));
  assert.equal({ ...fields }, { limit: 50, lane: 'new' });
  assert.equal(faults, []);
});

test('an unknown, a repeated and a wrong query parameter are faults', () => {
  const pathsOf = (query: string) => read(new URLSearchParams(query)).faults.map(({ path }) => path);
  assert.equal(pathsOf('lane=new&x=1'), ['/x']);
  assert.equal(pathsOf('lane=new&lane=made'), ['/lane']);
  assert.equal(pathsOf('lane=old'), ['/lane']);
  assert.equal(pathsOf('lane=new&limit=0'), ['/limit']);
  assert.equal(pathsOf('lane=new&limit=1e2'), ['/limit']);
  assert.equal(pathsOf('lane=new&limit=99999999999999999999'), ['/limit']);
  assert.equal(pathsOf(''), ['/lane']);
});
