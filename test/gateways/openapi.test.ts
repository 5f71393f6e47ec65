import * as assert from 'uvu/assert';
import { OPERATOR_COMMANDS, ORDER_COMMANDS, offered, rolesFor } from '../../gateways/contract/commands.ts';
import { openapi, ROUTES } from '../../gateways/contract/openapi.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('the description of the interface');

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; required: boolean }[];
  readonly requestBody?: { content: Record<string, { schema: { additionalProperties?: boolean } }> };
  readonly responses: Record<string, unknown>;
  readonly security: readonly object[];
}

const { paths } = JSON.parse(JSON.stringify(openapi('1.2.3'))) as { paths: Record<string, Record<string, Operation>> };
const operations = Object.values(paths).flatMap((path) => Object.values(path));

test('every route is in it, each under a name of its own', () => {
  const all = ROUTES.length;
  assert.is(operations.length, all);
  assert.is(new Set(operations.map(({ operationId }) => operationId)).size, all);
});

test('every command that a table offers has its route, and no other has one', () => {
  for (const { name, spec: command } of offered(ORDER_COMMANDS, 'api')) {
    assert.ok(paths[command.creates ? '/api/orders' : `/api/orders/{id}/${name}`]?.['post'], name);
  }
  for (const { name } of offered(OPERATOR_COMMANDS, 'api'))
    assert.ok(paths[`/api/operators/{id}/${name}`]?.['post'], name);
  for (const name of ['priced', 'pricing-started', 'hire']) {
    assert.not(
      Object.keys(paths).some((path) => path.endsWith(`/${name}`)),
      name,
    );
  }
});

test('bodies refuse unknown fields', () => {
  for (const { operationId, requestBody } of operations) {
    const schema = requestBody?.content['application/json']?.schema;
    if (schema) assert.is(schema.additionalProperties, false, operationId);
  }
});

test('what needs a key says so', () => {
  const needs = Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([, methods]) => Object.values(methods))
    .filter(({ parameters }) => parameters.some((p) => p.name === 'Idempotency-Key' && p.required));
  assert.equal(needs.map(({ operationId }) => operationId).sort(), ['add-user', 'approve-order', 'create-order']);
});

test('on /v1 only the key of a partner is taken, every write needs a key of its own, and bulk is described', () => {
  const partners = Object.entries(paths).filter(([path]) => path.startsWith('/v1/'));
  const commands = offered(ORDER_COMMANDS, 'partners').filter(({ spec: command }) => !command.creates);
  assert.equal(
    partners.map(([path, methods]) => `${Object.keys(methods).sort().join(' ')} ${path}`).sort(),
    [
      'get /v1/events',
      'get /v1/orders/{id}',
      'get /v1/orders/{id}/timeline',
      ...['get post /v1/orders', 'post /v1/models', 'post /v1/orders/batch'],
      ...commands.map(({ name }) => `post /v1/orders/{id}/${name}`),
    ].sort(),
  );
  for (const [path, methods] of partners) {
    for (const [method, { security, parameters }] of Object.entries(methods)) {
      assert.equal(security, [{ apiKey: [] }], path);
      const key = parameters.find(({ name }) => name === 'Idempotency-Key');
      assert.is(key?.required, method === 'post' ? true : undefined, `${method} ${path}`);
    }
  }
});

test('guest links and model files are described as they are served', () => {
  const security = (path: string, method = 'get') => paths[path]?.[method]?.security.flatMap(Object.keys);
  assert.equal(security('/api/orders/{id}'), ['cookie', 'bearer', 'link']);
  assert.equal(security('/api/orders/{id}/timeline'), ['cookie', 'bearer', 'link']);
  assert.equal(security('/api/orders'), ['cookie', 'bearer']);
  for (const method of ['post', 'delete'])
    assert.equal(security('/api/orders/{id}/share', method), ['cookie', 'bearer']);
  const made = paths['/api/orders/{id}/share']?.['post']?.parameters.map(({ name }) => name);
  assert.equal(made, ['id', 'Idempotency-Key'], 'a link has no version to match');
  const file = paths['/api/models/{id}/file']?.['get']?.responses as Record<string, { content?: object }>;
  for (const status of ['200', '206']) assert.equal(Object.keys(file[status]?.content ?? {}), ['model/stl']);
  assert.equal(Object.keys(file), ['200', '206', '304', '401', '404', '416', '422', '429', '500', '503']);
});

test('path parameters are described', () => {
  for (const [path, methods] of Object.entries(paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { parameters, operationId } of Object.values(methods)) {
      assert.equal(
        parameters.filter((p) => p.in === 'path').map(({ name }) => name),
        names,
        operationId,
      );
    }
  }
});

test('a caller sends a command under the first of its roles that may, about itself or about others', () => {
  const { capture, release } = ORDER_COMMANDS;
  assert.equal(rolesFor(capture, { id: 'a', roles: ['buyer'] }, 'x'), []);
  assert.equal(rolesFor(release, { id: 'a', roles: ['supervisor', 'operator'] }, 'x'), ['operator', 'supervisor']);
  const shift = OPERATOR_COMMANDS['start-shift'];
  assert.equal(rolesFor(shift, { id: 'a', roles: ['operator'] }, 'a'), ['operator']);
  assert.equal(rolesFor(shift, { id: 'a', roles: ['operator'] }, 'b'), []);
  assert.equal(rolesFor(shift, { id: 'a', roles: ['operator', 'supervisor'] }, 'b'), ['supervisor']);
});
