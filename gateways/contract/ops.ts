/** For those who run it and those who write clients: health, figures, and the two descriptions of everything. */
import Type from 'typebox';
import type { Endpoint } from './endpoint.ts';

const define = <const E extends Endpoint>(endpoint: E): E => endpoint;

export const Readiness = Type.Object({
  ready: Type.Boolean(),
  degraded: Type.Array(Type.String(), { description: 'what is away or works less well' }),
});

export const readLive = define({
  name: 'livez',
  method: 'GET',
  path: '/livez',
  about: 'The process answers.',
  access: 'anyone',
  status: 200,
  answer: Type.Object({ ok: Type.Literal(true) }),
});
export const readReady = define({
  name: 'readyz',
  method: 'GET',
  path: '/readyz',
  about: 'May it be sent requests? 503, with the same body, while starting, draining, or with neither store.',
  access: 'anyone',
  status: 200,
  answer: Readiness,
});
export const readMetrics = define({
  name: 'metrics',
  method: 'GET',
  path: '/metrics',
  about: 'Figures as Prometheus reads them; from elsewhere than this machine with the token of an engineer.',
  access: 'anyone',
  codes: ['unauthenticated', 'forbidden'],
  status: 200,
  text: 'text/plain; version=0.0.4; charset=utf-8',
});
export const readOpenapi = define({
  name: 'openapi',
  method: 'GET',
  path: '/openapi.json',
  about: 'This description: OpenAPI 3.1.',
  access: 'anyone',
  tagged: true,
  status: 200,
  answer: Type.Object({ openapi: Type.String() }, { additionalProperties: true }),
});
export const readAsyncapi = define({
  name: 'asyncapi',
  method: 'GET',
  path: '/asyncapi.json',
  about: 'The description of the sockets: AsyncAPI 3.0.',
  access: 'anyone',
  tagged: true,
  status: 200,
  answer: Type.Object({ asyncapi: Type.String() }, { additionalProperties: true }),
});

export const OPS_ENDPOINTS: readonly Endpoint[] = [readLive, readReady, readMetrics, readOpenapi, readAsyncapi];
