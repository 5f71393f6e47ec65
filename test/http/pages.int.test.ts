import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { openPages } from '../../src/http/pages.ts';
import { spec } from '../_kit/spec.ts';
import { codeIn, type OpenApp, withApp } from './open-app.ts';

const LONG = '// the same again\n'.repeat(200);

/** As it is on the wire: `fetch` unpacks. */
function raw(url: string, headers: OutgoingHttpHeaders) {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    get(url, { headers }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part as Buffer);
      resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) });
    }).on('error', reject);
  });
}

const test = spec<OpenApp>('pages', async (lend, title) => {
  const dir = await mkdtemp(join(tmpdir(), 'andon-pages-'));
  try {
    await mkdir(join(dir, 'assets'));
    await writeFile(join(dir, 'index.html'), '<title>shop</title>');
    await writeFile(join(dir, 'board.html'), '<title>board</title>');
    await writeFile(join(dir, 'console.html'), '<title>console</title>');
    await writeFile(join(dir, 'assets/board-abc123.js'), 'export {};');
    await writeFile(join(dir, 'assets/long-abc123.js'), LONG);
    await writeFile(join(dir, 'secrets.env'), 'A=1');
    await withApp({ pages: await openPages(dir) })(lend, title);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('/ is the shop, /board the floor, /console the office, also by its name of before', async ({ send }) => {
  for (const [path, title] of [
    ['/', 'shop'],
    ['/board', 'board'],
    ['/board/', 'board'],
    ['/console', 'console'],
    ['/crm', 'console'],
  ] as const) {
    const response = await send(path);
    assert.is(response.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.ok((await response.text()).includes(title), path);
  }
});

test('a page is asked for anew each time, hashed files never again', async ({ send }) => {
  assert.is((await send('/')).headers.get('cache-control'), 'no-cache');
  const asset = await send('/assets/board-abc123.js');
  assert.is(asset.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.is(asset.headers.get('content-type'), 'text/javascript; charset=utf-8');
  const tag = asset.headers.get('etag') ?? '';
  assert.is((await send('/assets/board-abc123.js', { headers: { 'if-none-match': tag } })).status, 304);
});

test('what is worth it goes out packed to whoever takes it so, and is known again either way', async ({ url }) => {
  const ask = (encoding: string, tag?: string) =>
    raw(`${url}/assets/long-abc123.js`, { 'accept-encoding': encoding, ...(tag && { 'if-none-match': tag }) });
  const packed = await ask('gzip');
  assert.is(packed.headers['content-encoding'], 'gzip');
  assert.is(packed.headers.vary, 'Accept-Encoding');
  assert.is(gunzipSync(packed.body).toString(), LONG);
  const plain = await ask('identity');
  assert.is(plain.headers['content-encoding'], undefined);
  assert.is(plain.body.toString(), LONG);
  for (const encoding of ['gzip', 'identity']) assert.is((await ask(encoding, packed.headers.etag)).status, 304);
  const short = await raw(`${url}/assets/board-abc123.js`, { 'accept-encoding': 'gzip' });
  assert.is(short.headers['content-encoding'], undefined);
});

test('scripts and styles come from us alone, none stand in the page', async ({ send }) => {
  const policy = (await send('/')).headers.get('content-security-policy') ?? '';
  assert.ok(policy.includes("script-src 'self'"));
  assert.not(policy.includes('unsafe'));
});

test('nothing else of the disk is served', async ({ send }) => {
  for (const path of ['/secrets.env', '/../package.json', '/%2e%2e/package.json', '/assets', '/assets/']) {
    assert.equal(await codeIn(await send(path)), [404, 'not_found'], path);
  }
  assert.is((await send('/', { method: 'POST' })).status, 404);
});
