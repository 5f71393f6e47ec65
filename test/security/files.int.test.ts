/** Names and places that callers make up reach neither the disk nor the head of an answer. */
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { type Rest, withRest } from '../gateways/open-rest.ts';
import { STL } from '../gateways/rest-story.ts';

const test = spec<Rest>('files of strangers', withRest, { shared: true, deadlineMs: 20_000 });

/** As they come in the header, percent-encoded. */
const NAMES = [
  '..%2F..%2F..%2Fetc%2Fpasswd',
  '%2Fetc%2Fpasswd',
  '..%5C..%5Cboot.ini',
  '%2e%2e',
  'a.stl%0D%0ASet-Cookie:%20andon=evil',
  'a%22%3B%20filename=%22evil.html',
  "a'%3B%20filename*=UTF-8''evil.html",
  '%3Cscript%3Ealert(1)%3C%2Fscript%3E.html',
  'a%00.stl',
  '%E2%80%AElts.exe',
  '%F0%9F%92%8D.stl',
  'x'.repeat(3_000),
];

test('a name is told back as a name, whatever is in it', async ({ as, core }) => {
  const buyer = await as('buyer');
  for (const name of NAMES) {
    const { status, body } = await buyer.call('POST', '/api/models', STL, { headers: { 'x-filename': name } });
    assert.is(status, 201, name);
    assert.not(/[/\\\p{Cc}\p{Cf}]/u.test(body.name), body.name);
    assert.ok(body.name.length <= 200);
    const { headers } = await buyer.get(`/api/models/${body.model}/file`);
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''[\w.!~%-]+$/, name);
    assert.equal([headers.get('set-cookie'), headers.get('content-type')], [null, 'model/stl'], name);
  }
  const stored = (await readdir(core.config.filesDir, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  assert.is(stored.length, 1, 'one content, one file, however it was called');
  assert.match(stored[0]!.name, /^[0-9a-f.]+$/);
});

test('a broken encoding is a fault of the header', async ({ as }) => {
  const buyer = await as('buyer');
  for (const name of ['%', '%zz', '%ff', '%C0%AF'])
    assert.is((await buyer.call('POST', '/api/models', STL, { headers: { 'x-filename': name } })).status, 422, name);
});

/** A client library would tidy the path up before it sends it. */
const bare = (url: string, path: string, token: string): Promise<[number, string]> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const headers = { authorization: `Bearer ${token}` };
    const asked = request({ hostname, port, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve([response.statusCode ?? 0, text]));
    });
    asked.on('error', reject);
    asked.end();
  });

test('a path that climbs leads nowhere', async ({ as, url }) => {
  const { token } = await as('engineer');
  const climbs = [
    '../package.json',
    '..%2fpackage.json',
    '..%252fpackage.json',
    '..\\package.json',
    '%2e%2e/package.json',
  ];
  const paths = climbs.flatMap((climb) => [
    `/${climb}`,
    `/assets/${climb}`,
    `/api/models/${climb}/file`,
    `/api/models/x/${climb}`,
    `/api/orders/${climb}`,
  ]);
  for (const path of [...paths, '//etc/passwd', '/./././etc/passwd', '/api/models/%00/file', '/file:///etc/passwd']) {
    const [status, text] = await bare(url, path, token!);
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
    assert.not(text.includes('devDependencies') || text.includes('root:'), path);
  }
});
