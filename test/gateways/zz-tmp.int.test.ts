import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type ConnectOptions, type Live, withLive } from './open-live.ts';
import { OWN } from './open-rest.ts';

const test = spec<Live>('tmp', withLive({ env: { ANDON_SOCKETS_PER_USER: '3' } }), { deadlineMs: 20_000 });

interface Upgraded {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
}

/** The bare upgrade request, before any library of the client has a say. */
function upgrade(url: string, path: string, headers: Record<string, string>): Promise<Upgraded> {
  const { promise, resolve, reject } = Promise.withResolvers<Upgraded>();
  const asked = request(`${url}${path}`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.from('0123456789abcdef').toString('base64'),
      ...headers,
    },
  });
  asked.on('response', (response) => {
    let body = '';
    response.on('data', (chunk) => (body += chunk));
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], body }),
    );
  });
  asked.on('upgrade', (response, socket) => {
    socket.destroy();
    resolve({ status: response.statusCode ?? 0, type: undefined, body: '' });
  });
  asked.on('error', reject);
  asked.end();
  return promise;
}

const PATH = '/socket.io/?EIO=4&transport=websocket';

/** The code with which a connection is refused; undefined = it is not. */
const refusal = (live: Live, namespace: string, who: Api | ConnectOptions): Promise<string | undefined> =>
  live.connect(namespace, who).then(
    () => undefined,
    (data: { code?: string }) => data.code ?? String(data),
  );

test('a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('0 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('1 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('2 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('3 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('4 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('5 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('6 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('7 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('8 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('9 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('10 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});


test('11 a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, PATH, { origin: 'http://evil.test' });
  assert.equal([foreign.status, foreign.type], [403, 'application/problem+json']);
  assert.is(JSON.parse(foreign.body).code, 'bad_origin');
  assert.is((await upgrade(url, PATH, { origin: 'null' })).status, 403);
  assert.is((await upgrade(url, PATH, { origin: OWN })).status, 101);
  assert.is((await upgrade(url, PATH, {})).status, 101);
  assert.is((await upgrade(url, '/elsewhere', {})).status, 404);
});

