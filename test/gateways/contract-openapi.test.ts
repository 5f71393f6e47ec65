import { readFile } from 'node:fs/promises';
import * as Schema from 'typebox/schema';
import * as assert from 'uvu/assert';
import { exampleOf } from '../../gateways/contract/examples/endpoints.ts';
import { problemExample } from '../../gateways/contract/examples/problems.ts';
import { ORDER } from '../../gateways/contract/examples/things.ts';
import { openapi, ROUTES } from '../../gateways/contract/openapi.ts';
import { Order } from '../../gateways/contract/order.ts';
import { CODES, problemSchema } from '../../gateways/contract/problems.ts';
import { codesOf } from '../../gateways/contract/responses.ts';
import { spec } from '../_kit/spec.ts';
import { everySchema, metaFaults, pointed, references } from './descriptions.ts';
import { faultsOf } from './strict.ts';

const test = spec('openapi.json');

interface Media {
  readonly schema: object;
  readonly example?: unknown;
}

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { name: string; in: string; schema: object; example?: unknown }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Record<string, Media> }>>;
  readonly security: readonly object[];
}

const document = JSON.parse(JSON.stringify(openapi('1.2.3'))) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: object; readonly schemas: Readonly<Record<string, object>> };
};
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

test('it is valid by the schema that the OpenAPI Initiative publishes for 3.1', async () => {
  const meta = JSON.parse(await readFile(new URL('meta/openapi-3.1.json', import.meta.url), 'utf8'));
  assert.equal(Schema.Errors({}, meta, document), [true, []]);
  for (const spoil of [
    (one: Operation) => Object.assign(one, { nonsense: 1 }),
    (one: Operation) => Object.assign(one.parameters[0] ?? {}, { in: 'nowhere' }),
    (one: Operation) => Object.assign(one, { responses: [] }),
  ]) {
    const spoilt = structuredClone(document);
    spoil(spoilt.paths['/api/orders/{id}']!['get']!);
    assert.is(Schema.Errors({}, meta, spoilt)[0], false, 'the check notices a fault');
  }
});

test('every schema in it is valid JSON Schema 2020-12', () => {
  const schemas = [...everySchema(document)];
  assert.ok(schemas.length > 100, `${schemas.length} schemas`);
  for (const [where, schema] of schemas) assert.equal(metaFaults(schema), [], where);
  assert.ok(
    metaFaults({ type: 'objekt' }).length > 0 && metaFaults({ properties: { a: { minimum: 'x' } } }).length > 0,
  );
});

test('every reference leads somewhere', () => {
  const all = references(document);
  assert.ok(all.length > 100);
  for (const reference of all) assert.ok(pointed(document, reference) !== undefined, reference);
});

test('operations have names of their own, declared segments, and known ways to show who one is', () => {
  assert.is(new Set(operations.map(({ operationId }) => operationId)).size, operations.length);
  for (const [path, methods] of Object.entries(document.paths)) {
    const segments = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const { operationId, parameters, security } of Object.values(methods)) {
      const declared = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      assert.equal(declared, segments, operationId);
      const names = parameters.map((one) => `${one.in} ${one.name}`);
      assert.is(new Set(names).size, names.length, operationId);
      for (const name of security.flatMap(Object.keys))
        assert.ok(Object.hasOwn(document.components.securitySchemes, name), `${operationId}: ${name}`);
    }
  }
});

test('every endpoint with a body or an answer shows one, and each is as its own schema says, without a field more', () => {
  for (const endpoint of ROUTES) {
    const { name, body, answer, query, path } = endpoint;
    const example = exampleOf(endpoint);
    if (body) assert.equal(faultsOf(body, example.body), [], `${name}: body`);
    else assert.is(example.body, undefined, name);
    if (answer) assert.equal(faultsOf(answer, example.answer), [], `${name}: answer`);
    if (query) assert.equal(faultsOf(query, example.query ?? {}), [], `${name}: query`);
    assert.equal(
      Object.keys(example.path ?? {}),
      [...path.matchAll(/:(\w+)/g)].map(([, one]) => one),
      name,
    );
  }
});

test('the examples stand in the description', () => {
  for (const { operationId, requestBody, responses, parameters } of operations) {
    const body = requestBody?.content['application/json'];
    if (body) assert.type(body.example, 'object', operationId);
    for (const [status, { content }] of Object.entries(responses)) {
      const json = content?.['application/json'];
      if (json) assert.ok(json.example !== undefined, `${operationId} ${status}`);
    }
    for (const one of parameters) if (one.in === 'path') assert.type(one.example, 'string', operationId);
  }
});

test('a field that is not described is a fault, however deep it stands', () => {
  assert.equal(faultsOf(Order, ORDER), []);
  for (const more of [
    { secret: 1 },
    { model: { ...ORDER.model, path: '/spool/x' } },
    { price: { ...ORDER.price, lines: [{ name: 'All', amount: 1, cost: 1 }] } },
    { capture: { since: ORDER.createdAt, operator: { id: 'a', name: 'b', login: 'c' } } },
  ])
    assert.ok(faultsOf(Order, { ...ORDER, ...more }).length > 0, JSON.stringify(more));
});

test('a problem of each code is as its schema says', () => {
  for (const code of CODES) assert.equal(faultsOf(problemSchema(code), problemExample(code)), [], code);
});

test('every code is declared by some endpoint; what a body, a key, a role or a path can bring is', () => {
  const declared = new Set(ROUTES.flatMap(codesOf));
  const outside = ['method_not_allowed']; // of no endpoint
  assert.equal(
    CODES.filter((code) => !declared.has(code)),
    outside,
  );
  const statuses = (id: string) => Object.keys(operations.find(({ operationId }) => operationId === id)!.responses);
  assert.equal(statuses('create-order'), [
    ...['201', '400', '401', '403', '409', '412', '413', '415', '422', '428', '429', '500', '503'],
  ]);
  assert.equal(statuses('order'), ['200', '304', '401', '404', '422', '429', '500', '503']);
  assert.equal(statuses('readyz'), ['200', '422', '429', '500', '503']);
});
