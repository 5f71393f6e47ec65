import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server as HttpServer, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import * as assert from 'uvu/assert';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { tooLarge } from '../../src/http/fail.ts';
import { JSON_BYTES } from '../../src/http/json-body.ts';
import { problem, problemOf } from '../../src/http/problem.ts';
import { privatePorts } from '../../src/launcher/bind.ts';
import { ROOT } from '../../src/launcher/place.ts';
import { nginxBinary, startNginx } from '../../src/launcher/servers/nginx.ts';
import { type Fixture, spec } from '../_kit/spec.ts';

type Answer = (request: IncomingMessage, body: Buffer) => { status?: number; text?: string } | 'cut';

interface Proxied {
  readonly url: string;
  readonly port: number;
  /** What both nodes got, in order. */
  readonly seen: { node: number; method: string; url: string; headers: IncomingMessage['headers']; bytes: number }[];
  /** How the n-th call is answered, whichever node gets it. */
  answer(how: (call: number) => ReturnType<Answer>): void;
  stopNode(node: number): Promise<void>;
  /** It refuses upgrades from now on. */
  drainNode(node: number): void;
}

const BODY_LIMIT = 3 * 1024 * 1024;
const MODEL_LIMIT = 2_000_000;

const withNginx: Fixture<Proxied> = async (lend) => {
  const dir = await mkdtemp(join(tmpdir(), 'andon-nginx-'));
  await chmod(dir, 0o711);
  const [port = 0, ...nodePorts] = await privatePorts(3, []);
  const seen: Proxied['seen'] = [];
  let how: (call: number) => ReturnType<Answer> = () => ({});
  const nodes: HttpServer[] = [];
  const upgraded: Duplex[] = [];
  const draining = new Set<number>();
  const close = (server: HttpServer): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  try {
    for (const [node, nodePort] of nodePorts.entries()) {
      const server = createServer((req, res) => {
        const chunks: Buffer[] = [];
        req.on('data', (chunk: Buffer) => chunks.push(chunk));
        req.on('end', () => {
          const bytes = Buffer.concat(chunks).length;
          seen.push({ node, method: req.method ?? '', url: req.url ?? '', headers: req.headers, bytes });
          const reply = how(seen.length);
          if (reply === 'cut') return void req.socket.destroy();
          res.writeHead(reply.status ?? 200).end(reply.text ?? `node ${node}`);
        });
      });
      server.on('upgrade', (_, socket) => {
        upgraded.push(socket);
        if (draining.has(node)) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n');
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello');
        socket.on('data', (data) => socket.write(data));
      });
      await new Promise<void>((done) => server.listen(nodePort, '127.0.0.1', done));
      nodes.push(server);
    }
    const url = `http://127.0.0.1:${port}`;
    const template = join(ROOT, 'deploy/nginx.conf');
    const nginx = await startNginx({
      dir,
      template,
      host: '127.0.0.1',
      port,
      nodePorts,
      bodyBytes: BODY_LIMIT,
      modelBytes: MODEL_LIMIT,
      url,
    });
    try {
      await lend({
        url,
        port,
        seen,
        answer: (next) => {
          how = next;
        },
        stopNode: (node) => close(nodes[node]!),
        drainNode: (node) => void draining.add(node),
      });
    } finally {
      await nginx.stop();
    }
  } finally {
    for (const socket of upgraded) socket.destroy();
    await Promise.all(nodes.filter((node) => node.listening).map(close));
    await rm(dir, { recursive: true, force: true });
  }
};

const test = spec('nginx before the nodes', withNginx);

const unlessThere = nginxBinary() === undefined ? 'nginx is not installed' : undefined;
const check = (title: string, body: (proxied: Proxied) => Promise<void>): void =>
  unlessThere === undefined ? test(title, body) : test.skip(title, unlessThere);

check('a read is sent to another node when the first gives no answer', async ({ url, seen, answer }) => {
  answer((call) => (call === 1 ? 'cut' : { text: 'second' }));
  const reply = await fetch(`${url}/api/orders/1?atLeast=2`);
  assert.is(await reply.text(), 'second');
  assert.equal([...new Set(seen.map(({ node }) => node))].length, 2);
  assert.equal(
    seen.map((call) => call.url),
    ['/api/orders/1?atLeast=2', '/api/orders/1?atLeast=2'],
  );
});

check('so is a write with a key, unchanged', async ({ url, seen, answer }) => {
  answer((call) => (call === 1 ? 'cut' : { status: 201, text: 'made' }));
  const reply = await fetch(`${url}/api/orders/7/capture?x=%2F`, {
    method: 'POST',
    headers: { 'idempotency-key': 'k 1', 'content-type': 'application/json' },
    body: '{"a":1}',
  });
  assert.is(reply.status, 201);
  assert.is(await reply.text(), 'made');
  assert.equal(
    seen.map(({ method, url, bytes, headers }) => [method, url, bytes, headers['idempotency-key']]),
    Array.from({ length: 2 }, () => ['POST', '/api/orders/7/capture?x=%2F', 7, 'k 1']),
  );
});

check('a write without a key goes to one node only, and the answer says that the outcome is unknown', async (p) => {
  p.answer(() => 'cut');
  const reply = await fetch(`${p.url}/api/orders/7/capture`, { method: 'POST', body: '{}' });
  assert.is(reply.status, 503);
  assert.is(reply.headers.get('content-type'), 'application/problem+json');
  assert.is(reply.headers.get('retry-after'), '1');
  assert.equal(await reply.json(), problem('unavailable', 503, {}, 'no node answered').body);
  assert.is(p.seen.length, 1);
});

check('a write with a key that no node answers is 503 too', async ({ url, seen, answer }) => {
  answer(() => 'cut');
  const reply = await fetch(`${url}/x`, { method: 'POST', body: '{}', headers: { 'idempotency-key': 'k' } });
  assert.is(reply.status, 503);
  assert.is(((await reply.json()) as { code: string }).code, 'unavailable');
  assert.is(seen.length, 2);
});

check('a node that is gone is not noticed, not even by a write without a key', async ({ url, seen, stopNode }) => {
  await stopNode(0);
  for (let i = 0; i < 20; i++) assert.is((await fetch(`${url}/x`, { method: 'POST', body: 'b' })).status, 200);
  assert.ok(seen.every(({ node }) => node === 1));
  assert.is(seen.length, 20);
});

check('a node’s own refusal passes through as it is', async ({ url, seen, answer }) => {
  for (const [status, key] of [
    [409, 'k'],
    [503, 'k'],
    [503, ''],
    [413, ''],
    [422, 'k'],
  ] as const) {
    answer(() => ({ status, text: `own ${status}` }));
    const reply = await fetch(`${url}/x`, {
      method: 'POST',
      body: '1',
      headers: key === '' ? {} : { 'idempotency-key': key },
    });
    assert.is(reply.status, status);
    assert.is(await reply.text(), `own ${status}`);
  }
  assert.is(seen.length, 5);
});

check('nodes learn who calls, under which host, and get a request id', async ({ url, port, seen }) => {
  await fetch(`${url}/x`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
  await fetch(`${url}/x`, { method: 'POST', headers: { 'idempotency-key': 'k' } });
  for (const { headers } of seen) {
    assert.is(headers.host, `127.0.0.1:${port}`);
    assert.match(headers['x-request-id'] as string, /^[0-9a-f]{32}$/);
  }
  assert.is(seen[0]?.headers['x-forwarded-for'], '203.0.113.9, 127.0.0.1');
  assert.is(seen[1]?.headers['x-forwarded-for'], '127.0.0.1');
});

check('an upload passes while it arrives; a body beyond the limit is a problem of ours', async ({ url, seen }) => {
  const upload = await fetch(`${url}/api/models`, { method: 'POST', body: Buffer.alloc(BODY_LIMIT - 1_000) });
  assert.is(upload.status, 200);
  assert.is(seen[0]?.bytes, BODY_LIMIT - 1_000);
  for (const [path, limit] of [
    ['/api/models', MODEL_LIMIT],
    ['/v1/models?x=1', MODEL_LIMIT],
    ['/x', JSON_BYTES],
  ] as const) {
    const reply = await fetch(`${url}${path}`, { method: 'POST', body: Buffer.alloc(BODY_LIMIT + 1) });
    assert.is(reply.status, 413);
    assert.is(reply.headers.get('content-type'), 'application/problem+json');
    assert.equal(await reply.json(), problemOf(tooLarge(limit), httpStatusOf).body);
  }
  assert.is(seen.length, 1);
});

/** What comes back over an upgraded connection that says ` there`. */
const echoed = (port: number): Promise<string> =>
  new Promise((done, fail) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
    const call = request({ port, host: '127.0.0.1', path: '/socket.io/?EIO=4&transport=websocket', headers });
    call.on('error', fail);
    call.on('response', (response) => fail(new Error(`status ${response.statusCode}`)));
    call.on('upgrade', (_, socket, head) => {
      let text = head.toString();
      socket.on('data', (data: Buffer) => {
        text += data.toString();
        if (text.length < 'hello there'.length) return;
        socket.destroy();
        done(text);
      });
      socket.write(' there');
    });
    call.end();
  });

check('a live connection is upgraded and carries both ways', async ({ port }) => {
  assert.is(await echoed(port), 'hello there');
});

check('live connections pass by a node that is about to stop', async ({ port, drainNode }) => {
  drainNode(0);
  for (let times = 0; times < 6; times++) assert.is(await echoed(port), 'hello there');
});
