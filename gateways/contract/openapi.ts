/** `openapi.json`, made from the same descriptions that check requests. OpenAPI 3.1 takes JSON Schema as it is. */
import type { TSchema } from 'typebox';
import type { Endpoint } from './endpoint.ts';
import { Problem } from './problem.ts';
import { ENDPOINTS } from './rest.ts';

const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Repeats with the same key get the same answer; one key space per caller and order.',
  schema: { type: 'string', pattern: '^[\\x20-\\x7e]{1,200}$' },
};
const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description: 'The version the caller saw: `"<version>"`; another one now → 412 version_changed.',
  schema: { type: 'string', pattern: '^"\\d+"$' },
};

const inPath = (path: string) =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));

const inQuery = (query: Endpoint['query']) =>
  Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query?.required?.includes(name) === true,
    schema,
  }));

const content = (type: string, schema: TSchema | object) => ({ content: { [type]: { schema } } });

function operation(endpoint: Endpoint): object {
  const { key, body, raw, answer, status, roles, access } = endpoint;
  const headers = key === undefined ? [] : [{ ...KEY, required: key === 'required' }, ...(raw ? [] : [IF_MATCH])];
  return {
    operationId: endpoint.name,
    summary: endpoint.about,
    ...(roles ? { description: `For ${roles.join(', ')}.` } : {}),
    security: access === 'anyone' ? [] : [{ cookie: [] }, { bearer: [] }],
    parameters: [...inPath(endpoint.path), ...inQuery(endpoint.query), ...headers],
    ...(body ? { requestBody: { required: true, ...content('application/json', body) } } : {}),
    ...(raw
      ? {
          requestBody: { required: true, ...content('application/octet-stream', { type: 'string', format: 'binary' }) },
        }
      : {}),
    responses: {
      [status]: { description: 'Success', ...(answer ? content('application/json', answer) : {}) },
      default: {
        description: 'A problem; `code` says which',
        ...content('application/problem+json', { $ref: '#/components/schemas/Problem' }),
      },
    },
  };
}

export function openapi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of ENDPOINTS) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Andon', version },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths,
    components: {
      schemas: { Problem },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'andon' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
