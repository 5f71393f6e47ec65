import * as assert from 'uvu/assert';
import { OPERATOR_COMMANDS, ORDER_COMMANDS, offered, rolesFor } from '../../gateways/contract/commands.ts';
import { openapi } from '../../gateways/contract/openapi.ts';
import { ENDPOINTS } from '../../gateways/contract/rest.ts';
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
  assert.is(operations.length, ENDPOINTS.length);
  assert.is(new Set(operations.map(({ operationId }) => operationId)).size, ENDPOINTS.length);
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
  const needs = operations.filter(({ parameters }) =>
    parameters.some((p) => p.name === 'Idempotency-Key' && p.required),
  );
  assert.equal(needs.map(({ operationId }) => operationId).sort(), ['approve-order', 'create-order']);
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
