/** `openapi.json`, made from the same descriptions that check requests. OpenAPI 3.1 takes JSON Schema as it is. */
import type { Endpoint } from './endpoint.ts';
import { exampleOf } from './examples/endpoints.ts';
import { OPS_ENDPOINTS } from './ops.ts';
import { PARTNER_ENDPOINTS } from './partners.ts';
import { Problem } from './problem.ts';
import { PROBLEMS, referring, THINGS } from './references.ts';
import { responsesOf, sharedResponses } from './responses.ts';
import { ENDPOINTS } from './rest.ts';

/** Every route there is. */
export const ROUTES: readonly Endpoint[] = [...ENDPOINTS, ...PARTNER_ENDPOINTS, ...OPS_ENDPOINTS];

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
const FILE_NAME = {
  name: 'X-Filename',
  in: 'header',
  description: 'Name of the file, percent-encoded.',
  schema: { type: 'string' },
};

const inPath = (endpoint: Endpoint) =>
  [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    example: exampleOf(endpoint).path?.[name],
  }));

const inQuery = (endpoint: Endpoint) =>
  Object.entries(endpoint.query?.properties ?? {}).map(([name, schema]) => {
    const example = exampleOf(endpoint).query?.[name];
    return {
      name,
      in: 'query',
      required: endpoint.query?.required?.includes(name) === true,
      schema,
      ...(example === undefined ? {} : { example }),
    };
  });

const SECURITY: Readonly<Record<Endpoint['access'], readonly object[]>> = {
  anyone: [],
  session: [{ cookie: [] }, { bearer: [] }],
  link: [{ cookie: [] }, { bearer: [] }, { link: [] }],
  key: [{ apiKey: [] }],
};

function requestBody(endpoint: Endpoint): object {
  const { body, raw } = endpoint;
  if (raw) {
    const schema = { type: 'string', format: 'binary' };
    return { requestBody: { required: true, content: { 'application/octet-stream': { schema } } } };
  }
  if (body === undefined) return {};
  const example = exampleOf(endpoint).body;
  // No body at all is taken for an object without fields.
  const required = (body.required?.length ?? 0) > 0;
  return { requestBody: { required, content: { 'application/json': { schema: body, example } } } };
}

function operation(endpoint: Endpoint): object {
  const { key, raw, roles, access, scope } = endpoint;
  const headers =
    key === undefined ? [] : [{ ...KEY, required: key === 'required' }, ...(endpoint.unversioned ? [] : [IF_MATCH])];
  return {
    operationId: endpoint.name,
    summary: endpoint.about,
    ...(roles ? { description: `For ${roles.join(', ')}.` } : {}),
    ...(scope ? { description: `The key must be for ${scope}.` } : {}),
    security: SECURITY[access],
    parameters: [...inPath(endpoint), ...inQuery(endpoint), ...headers, ...(raw ? [FILE_NAME] : [])],
    ...requestBody(endpoint),
    responses: responsesOf(endpoint),
  };
}

export function openapi(version: string): object {
  const { refer, schemas } = referring({ ...THINGS, Problem, ...PROBLEMS });
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of ROUTES) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: refer(operation(endpoint)) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Andon',
      version,
      description:
        'Orders of made-to-order manufacturing, live. Every problem has a `code`; new fields may come at any time.',
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas,
      responses: sharedResponses(ROUTES),
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: 'andon' },
        bearer: { type: 'http', scheme: 'bearer' },
        link: { type: 'apiKey', in: 'query', name: 'share' },
        apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'ak_…', description: 'Key of a partner.' },
      },
    },
  };
}
