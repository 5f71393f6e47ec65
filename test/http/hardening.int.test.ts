/** What strangers may try on the bare HTTP side of a node. */
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { readJson } from '../../src/http/json-body.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { codeIn, json, type OpenApp, OWN, withApp } from './open-app.ts';

const patience = { headersTimeout: 200, requestTimeout: 2_000, connectionsCheckingInterval: 50 };
const behind = { proxies: ['127.0.0.1'], patience };
const test = spec<OpenApp>('strangers', withApp(behind), { shared: true });
const limited = spec<OpenApp>('strangers behind a proxy', withApp({ ...behind, perSecond: 3 }));

const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const missing = (name: string, headers: Headers): string[] =>
  Object.entries(ALWAYS)
    .filter(([header, value]) => headers.get(header) !== value)
    .map(([header]) => `${name}: ${header}`);

/** Sends these bytes and reads until the other side closes. */
async function bare(url: string, ...parts: string[]): Promise<Response> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  let over = false;
  socket.setEncoding('latin1');
  socket.on('data', (text) => (heard += text));
  socket.on('close', () => (over = true));
  socket.on('error', () => undefined);
  for (const part of parts) socket.write(part);
  await until('the connection was closed', () => over);
  if (heard === '') throw new Error('nothing was answered');
  const [head = '', body = ''] = heard.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
  return new Response(body, { status: Number(first.split(' ')[1]), headers: headers as [string, string][] });
}

test('every answer, good or bad, says how a browser must treat it, and not what we run on', async ({ send, url }) => {
  const answers: [string, Response][] = [];
  for (const path of ['/free', '/things/1', '/broken', '/away', '/nowhere', '/free?x=1', '/shared'])
    for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH'])
      answers.push([`${method} ${path}`, await send(path, { method, as: 'buyer' })]);
  answers.push(['401', await send('/things/1')], ['429 or 400', await bare(url, 'nonsense\r\n\r\n')]);
  answers.push(['304', await send('/things/1', { as: 'buyer', headers: { 'if-none-match': '"7"' } })]);
  answers.push(['upload', await send('/files', { method: 'POST', as: 'buyer', body: 'x' })]);
  assert.equal(
    answers.flatMap(([name, { headers }]) => missing(name, headers)),
    [],
  );
  for (const [name, { headers }] of answers) {
    assert.equal([headers.get('server'), headers.get('x-powered-by')], [null, null], name);
    const policy = headers.get('content-security-policy') ?? '';
    assert.ok(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'"), name);
  }
});

test('what is of one caller is kept by nobody between', async ({ send }) => {
  assert.is((await send('/things', { ...keyed({ count: 1 }), as: 'buyer' })).headers.get('cache-control'), 'no-store');
  const { headers } = await send('/things/1', { as: 'buyer' });
  assert.equal([headers.get('cache-control'), headers.get('vary')], ['private, no-cache', 'Cookie, Authorization']);
});

test('TLS is asked for from then on, where a known proxy says that there is TLS', async ({ send }) => {
  const hsts = async (path: string, headers: Record<string, string>): Promise<string | null> =>
    (await send(path, { headers })).headers.get('strict-transport-security');
  for (const path of ['/free', '/nowhere', '/broken'])
    assert.is(await hsts(path, { 'x-forwarded-proto': 'https' }), 'max-age=31536000');
  assert.is(await hsts('/free', { 'x-forwarded-proto': 'http' }), null);
  assert.is(await hsts('/free', {}), null);
});

test('what is no HTTP is a problem too: 400, too many headers 431, too slow 408', async ({ url }) => {
  const broken = await bare(
    url,
    'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  assert.equal(await codeIn(broken), [400, 'malformed']);
  const long = await bare(url, `GET /free HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  assert.equal(await codeIn(long), [431, 'too_large']);
  const slow = await bare(url, 'GET /free HTTP/1.1\r\nHost: a\r\nX-Slow:');
  assert.equal(await codeIn(slow), [408, 'malformed']);
});

test('a body that never ends does not hold its connection', async ({ url, handled }) => {
  const before = handled.length;
  const headers = 'Host: a\r\nAuthorization: Bearer buyer\r\nContent-Type: application/json\r\nContent-Length: 99\r\n';
  await bare(url, `POST /things HTTP/1.1\r\n${headers}\r\n{"count"`).catch(() => undefined);
  assert.is(handled.length, before);
});

test('a JSON body has less time than a large file', async () => {
  const codes: string[] = [];
  const server = createServer((request) => {
    readJson(request, 1_000, 50).catch((error: unknown) => codes.push(codeOf(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await bare(url, 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{').catch(() => undefined);
    assert.equal(codes, ['malformed']);
  } finally {
    server.close();
  }
});

const keyed = (body: unknown) => ({ ...json(body), headers: { ...json(body).headers, 'idempotency-key': 'k' } });

const FOREIGN = [
  'null',
  '',
  'http://evil.test',
  'https://shop.test',
  'http://shop.test:8080',
  'http://shop.test:80',
  'http://shop.test.',
  'http://shop.test/',
  'http://SHOP.TEST',
  'HTTP://shop.test',
  'http://a.shop.test',
  'http://shop.test.evil.test',
  'http://shop.test@evil.test',
  'http://evil.test, http://shop.test',
  'http://shop.test http://evil.test',
  'shop.test',
];

test('with a cookie no other origin changes anything, however much it looks like ours', async ({ send, handled }) => {
  const before = handled.length;
  const cookie = { cookie: 'andon=buyer' };
  const kinds = [
    ['/things', keyed({ count: 1 })],
    ['/files', { method: 'POST', body: 'x', headers: {} }],
  ] as const;
  for (const [path, init] of kinds) {
    for (const origin of [undefined, ...FOREIGN]) {
      const headers = { ...init.headers, ...cookie, ...(origin === undefined ? {} : { origin }) };
      assert.equal(await codeIn(await send(path, { ...init, headers })), [403, 'bad_origin'], `${path} ${origin}`);
    }
  }
  assert.is(handled.length, before);
  const ours = await send('/things', {
    ...keyed({ count: 1 }),
    headers: { ...keyed({}).headers, ...cookie, origin: OWN },
  });
  assert.is(ours.status, 201);
});

test('nobody is signed in from another origin, cookie or not', async ({ send }) => {
  for (const origin of FOREIGN) {
    const init = { ...json({ count: 1 }), headers: { ...json({}).headers, origin } };
    assert.equal(await codeIn(await send('/free', init)), [403, 'bad_origin'], origin);
  }
});

test('a token in the header counts from anywhere, for no page can send one it was not given', async ({ send }) => {
  const init = { ...keyed({ count: 1 }), as: 'buyer', headers: { ...keyed({}).headers, origin: 'http://evil.test' } };
  assert.is((await send('/things', init)).status, 201);
});

test('no other site may read an answer, nor ask whether it may', async ({ send }) => {
  for (const method of ['GET', 'OPTIONS']) {
    const headers = { origin: 'http://evil.test', 'access-control-request-method': 'POST' };
    const answer = await send('/free', { method, headers });
    assert.equal(
      [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
  }
});

test('nothing is unpacked: a packed body is 415', async ({ send, handled }) => {
  const before = handled.length;
  for (const encoding of ['gzip', 'deflate', 'br', 'GZIP', 'identity, gzip', 'x']) {
    const headers = { ...keyed({}).headers, 'content-encoding': encoding };
    const packed = { method: 'POST', body: gzipSync('{"count":1}'), headers, as: 'buyer' };
    assert.equal(await codeIn(await send('/things', packed)), [415, 'unsupported_media_type'], encoding);
    assert.equal(await codeIn(await send('/files', packed)), [415, 'unsupported_media_type'], encoding);
  }
  assert.is(handled.length, before);
  const plain = { ...keyed({ count: 1 }), headers: { ...keyed({}).headers, 'content-encoding': 'identity' } };
  assert.is((await send('/things', { ...plain, as: 'buyer' })).status, 201);
});

test('thousands of faults are told as fifty', async ({ send }) => {
  const query = Array.from({ length: 2_500 }, (_, n) => `a${n}`).join('&');
  const response = await send(`/free?${query}`);
  assert.is(response.status, 422);
  assert.is(((await response.json()) as { errors: unknown[] }).errors.length, 50);
});

test('names that objects have by themselves are fields nobody knows', async ({ send, handled }) => {
  const before = handled.length;
  const bodies = ['{"count":1,"__proto__":{"polluted":1}}', '{"count":1,"constructor":{"prototype":{"polluted":1}}}'];
  for (const body of [...bodies, '{"count":1,"toString":1}', '{"__proto__":{"count":1}}'])
    assert.equal(await codeIn(await send('/things', { ...keyed({}), body, as: 'buyer' })), [422, 'invalid'], body);
  for (const name of ['__proto__', 'constructor', 'hasOwnProperty'])
    assert.equal(await codeIn(await send(`/free?${name}=1`)), [422, 'invalid'], name);
  assert.is(handled.length, before);
  assert.is(({} as Record<string, unknown>)['polluted'], undefined);
});

test('text that can’t be stored, and ids that are none, never get far', async ({ send }) => {
  for (const count of ['"\\u0000"', '"\\ud800"', '1e999', '-0.5', '"1"'])
    assert.equal(await codeIn(await send('/things', { ...keyed({}), body: `{"count":${count}}`, as: 'buyer' })), [
      422,
      'invalid',
    ]);
  assert.ok((await send(`/things/${'x'.repeat(10_000)}`, { as: 'buyer' })).status < 500);
});

limited('what a caller writes before the address that the proxy adds gives it no other count', async ({ send }) => {
  const from = (forwarded: string) => send('/free', { headers: { 'x-forwarded-for': forwarded } });
  const mine = await Promise.all(Array.from({ length: 12 }, (_, n) => from(`198.51.100.${n}, 203.0.113.7`)));
  assert.ok(mine.filter(({ status }) => status === 429).length >= 6);
  const loopback = await Promise.all(Array.from({ length: 12 }, () => from('127.0.0.1, 203.0.113.7')));
  assert.ok(loopback.some(({ status }) => status === 429));
  assert.is((await from('203.0.113.8')).status, 200);
});

limited('an IPv6 network is one caller, whichever of its addresses it uses', async ({ send }) => {
  const from = (n: number) => send('/free', { headers: { 'x-forwarded-for': `2001:db8::${n}` } });
  const all = await Promise.all(Array.from({ length: 12 }, (_, n) => from(n + 1)));
  assert.ok(all.filter(({ status }) => status === 429).length >= 6);
});
