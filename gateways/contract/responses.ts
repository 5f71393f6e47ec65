/** What an endpoint may answer: success, and every code that can go wrong, from what its description says of it. */
import type { Endpoint } from './endpoint.ts';
import { exampleOf } from './examples/endpoints.ts';
import { problemExample } from './examples/problems.ts';
import { Readiness } from './ops.ts';
import { isRefusal, REFUSALS } from './problem.ts';
import { byStatus } from './problems.ts';
import { refer } from './references.ts';

const BYTES = { type: 'string', format: 'binary' };

const header = (description: string, type: string) => ({ description, schema: { type } });

const HEADERS = {
  ETag: header('The version of what was answered, or a mark of its content.', 'string'),
  'Idempotent-Replay': header('`true`: this key was answered so before.', 'string'),
  'Andon-Stale': header('Seconds that this may be old, because a server is away.', 'integer'),
  'Retry-After': header('Come again after so many seconds.', 'integer'),
  RateLimit: header('How much is left of the partner’s quota (draft-ietf-httpapi-ratelimit-headers).', 'string'),
};
type Header = keyof typeof HEADERS;

const headers = (...names: readonly (Header | false)[]): object => {
  const there = names.filter((name) => name !== false);
  return there.length === 0 ? {} : { headers: Object.fromEntries(there.map((name) => [name, HEADERS[name]])) };
};

/** Every code of `problem.ts` that this endpoint may answer with. */
export function codesOf(endpoint: Endpoint): string[] {
  const { access, body, raw, key, method, path, roles, scope, unversioned, codes = [] } = endpoint;
  return [
    ...codes,
    ...(access === 'anyone' ? [] : ['unauthenticated']),
    ...(body ? ['malformed', 'too_large', 'unsupported_media_type'] : []),
    ...(raw ? ['upload_aborted', 'too_large', 'not_a_model'] : []),
    ...(path.includes(':') || access === 'link' ? ['not_found'] : []),
    ...(roles || scope ? ['forbidden'] : []),
    ...(method !== 'GET' && access !== 'key' ? ['bad_origin'] : []),
    ...(key ? ['idempotency_key_reused'] : []),
    ...(key && !unversioned ? ['version_changed'] : []),
    ...(key === 'required' ? ['idempotency_key_required'] : []),
    ...['invalid', 'too_many', 'internal', 'unavailable'],
  ];
}

const content = (type: string, schema: unknown, example?: unknown) => ({
  content: { [type]: { schema, ...(example === undefined ? {} : { example }) } },
});

function success(endpoint: Endpoint): object {
  const { answer, file, image, text, key, unversioned, tagged, dated, access } = endpoint;
  const told = headers(
    tagged || (key && !unversioned) ? 'ETag' : false,
    key ? 'Idempotent-Replay' : false,
    dated ? 'Andon-Stale' : false,
    access === 'key' ? 'RateLimit' : false,
  );
  const whole = { description: 'Success', ...told };
  const media = file ?? image;
  if (media !== undefined) return { ...whole, ...content(media, BYTES) };
  if (text !== undefined) return { ...whole, ...content(text, { type: 'string' }, exampleOf(endpoint).answer) };
  return { ...whole, ...(answer ? content('application/json', answer, exampleOf(endpoint).answer) : {}) };
}

/** Many endpoints fail alike: each way stands in the description once, under the name of its codes. */
const nameOf = (codes: readonly string[]): string =>
  codes.length === REFUSALS.length && codes.every(isRefusal) ? 'refusal' : codes.join('-');

function problems(status: number, codes: readonly string[]): object {
  const refs = codes.map((code) => refer(`problem.${code}`));
  const examples = Object.fromEntries(codes.map((code) => [code, { value: problemExample(code) }]));
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    ...headers(status === 429 || status === 503 ? 'Retry-After' : false),
    content: { 'application/problem+json': { schema: refs.length === 1 ? refs[0] : { anyOf: refs }, examples } },
  };
}

const refusedBy = (endpoint: Endpoint) => [...byStatus(codesOf(endpoint))];

/** Of all these endpoints, by name. */
export const sharedResponses = (endpoints: readonly Endpoint[]): Readonly<Record<string, object>> =>
  Object.fromEntries(endpoints.flatMap(refusedBy).map(([status, codes]) => [nameOf(codes), problems(status, codes)]));

/** By status. */
export function responsesOf(endpoint: Endpoint): Readonly<Record<string, object>> {
  const refused = refusedBy(endpoint).map(([status, codes]) => [
    status,
    { $ref: `#/components/responses/${nameOf(codes)}` },
  ]);
  const ready =
    endpoint.answer === Readiness
      ? {
          503: {
            description: 'Not now',
            ...content('application/json', Readiness, { ready: false, degraded: ['starting'] }),
          },
        }
      : {};
  return {
    [endpoint.status]: success(endpoint),
    ...(endpoint.file
      ? { 206: { description: 'The part that `Range` asks for', ...content(endpoint.file, BYTES) } }
      : {}),
    ...(endpoint.tagged ? { 304: { description: 'As `If-None-Match` says', ...headers('ETag') } } : {}),
    ...Object.fromEntries(refused),
    ...ready,
  };
}
