/** `openapi.json`, made from the same descriptions that check requests. OpenAPI 3.1 takes JSON Schema as it is. */
import type { TSchema } from 'typebox';
import type { Endpoint } from './endpoint.ts';
import { PARTNER_ENDPOINTS } from './partners.ts';
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

const SECURITY: Readonly<Record<Endpoint['access'], readonly object[]>> = {
  anyone: [],
  session: [{ cookie: [] }, { bearer: [] }],
  link: [{ cookie: [] }, { bearer: [] }, { link: [] }],
  key: [{ apiKey: [] }],
};

const BYTES = { type: 'string', format: 'binary' };

function successes({ status, answer, file, image }: Endpoint): object {
  if (image !== undefined) return { [status]: { description: 'A picture', ...content(image, BYTES) } };
  if (file === undefined)
    return { [status]: { description: 'Success', ...(answer ? content('application/json', answer) : {}) } };
  return {
    [status]: { description: 'The whole', ...content(file, BYTES) },
    206: { description: 'The part that `Range` asks for', ...content(file, BYTES) },
  };
}

function operation(endpoint: Endpoint): object {
  const { key, body, raw, roles, access, scope } = endpoint;
  const headers =
    key === undefined ? [] : [{ ...KEY, required: key === 'required' }, ...(endpoint.unversioned ? [] : [IF_MATCH])];
  return {
    operationId: endpoint.name,
    summary: endpoint.about,
    ...(roles ? { description: `For ${roles.join(', ')}.` } : {}),
    ...(scope ? { description: `The key must be for ${scope}.` } : {}),
    security: SECURITY[access],
    parameters: [...inPath(endpoint.path), ...inQuery(endpoint.query), ...headers],
    ...(body ? { requestBody: { required: true, ...content('application/json', body) } } : {}),
    ...(raw
      ? {
          requestBody: { required: true, ...content('application/octet-stream', BYTES) },
        }
      : {}),
    responses: {
      ...successes(endpoint),
      default: {
        description: 'A problem; `code` says which',
        ...content('application/problem+json', { $ref: '#/components/schemas/Problem' }),
      },
    },
  };
}

export function openapi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of [...ENDPOINTS, ...PARTNER_ENDPOINTS]) {
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
        link: { type: 'apiKey', in: 'query', name: 'share' },
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'ak_…', description: 'Key of a partner.' },
      },
    },
  };
}
