import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { openPages } from '../../src/http/pages.ts';
import { spec } from '../_kit/spec.ts';
import { codeIn, type OpenApp, withApp } from './open-app.ts';

const test = spec<OpenApp>('pages', async (lend, title) => {
  const dir = await mkdtemp(join(tmpdir(), 'andon-pages-'));
  try {
    await mkdir(join(dir, 'assets'));
    await writeFile(join(dir, 'index.html'), '<title>shop</title>');
    await writeFile(join(dir, 'board.html'), '<title>board</title>');
    await writeFile(join(dir, 'assets/board-abc123.js'), 'export {};');
    await writeFile(join(dir, 'secrets.env'), 'A=1');
    await withApp({ pages: await openPages(dir) })(lend, title);
  } finally {
    await rm(dir, { recursive: true });
  }
});

test('/ is the shop and /board the floor', async ({ send }) => {
  for (const [path, title] of [
    ['/', 'shop'],
    ['/board', 'board'],
    ['/board/', 'board'],
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
