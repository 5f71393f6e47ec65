import { createHash, randomUUID } from 'node:crypto';
import { readdir, readlink, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import * as assert from 'uvu/assert';
import type { Config } from '../../src/config.ts';
import { DirectoryStore } from '../../src/files/directory-store.ts';
import { Api, type Reply } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { openRest, type RestNode, withSettings } from './open-rest.ts';
import { SETTINGS, STL } from './rest-story.ts';

interface Node extends RestNode {
  readonly config: Config;
}

const test = spec<Node>(
  'model files over REST',
  (lend, title) =>
    withSettings({ env: { ANDON_UPLOAD_BYTES: '40000000' } })(async (config) => {
      const node = await openRest(config);
      try {
        await lend({ ...node, config });
      } finally {
        await node.close();
      }
    }, title),
  { deadlineMs: 20_000 },
);

const told = ({ status, body }: Reply): [number, string] => [status, body.code];
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

async function download(who: Api, path: string, headers = {}, method = 'GET'): Promise<Answer> {
  const response = await fetch(`${who.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${who.token}`, ...headers },
  });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

const uploaded = async (buyer: Api, name = 'ring.stl'): Promise<string> => (await buyer.upload(STL, name)).body.model;

test('the owner gets its file back, byte for byte, under its name', async ({ as }) => {
  const buyer = await as('buyer');
  const id = await uploaded(buyer, 'Großer (Ring) №7.stl');
  const { status, headers, bytes } = await download(buyer, `/api/models/${id}/file`);
  assert.is(status, 200);
  assert.ok(bytes.equals(STL));
  const told = (name: string) => headers.get(name);
  assert.equal(
    ['content-type', 'content-length', 'accept-ranges', 'etag', 'x-content-type-options', 'cache-control'].map(told),
    ['model/stl', String(STL.length), 'bytes', `"${sha256(STL)}"`, 'nosniff', 'private, no-cache'],
  );
  assert.is(told('content-disposition'), "attachment; filename*=UTF-8''Gro%C3%9Fer%20%28Ring%29%20%E2%84%967.stl");
});

test('a range gets that part, one beyond the end 416, several the whole', async ({ as }) => {
  const buyer = await as('buyer');
  const path = `/api/models/${await uploaded(buyer)}/file`;
  const [size, end] = [STL.length, STL.length - 1];
  const parts: readonly (readonly [string, number, number])[] = [
    ['bytes=0-0', 0, 0],
    ['bytes=84-133', 84, 133],
    [`bytes=${size - 10}-`, size - 10, end],
    ['bytes=-50', size - 50, end],
    [`bytes=0-${size * 2}`, 0, end],
  ];
  for (const [range, first, last] of parts) {
    const { status, headers, bytes } = await download(buyer, path, { range });
    assert.equal(
      [status, headers.get('content-range'), headers.get('content-length')],
      [206, `bytes ${first}-${last}/${size}`, String(last - first + 1)],
      range,
    );
    assert.ok(bytes.equals(STL.subarray(first, last + 1)), range);
  }
  for (const range of [`bytes=${size}-`, 'bytes=-0']) {
    const { status, headers, bytes } = await download(buyer, path, { range });
    assert.equal(
      [status, headers.get('content-range'), headers.get('content-type'), headers.get('etag')],
      [416, `bytes */${size}`, 'application/problem+json', null],
    );
    assert.is(JSON.parse(bytes.toString()).code, 'range_not_satisfiable');
  }
  for (const range of ['bytes=0-1,4-5', 'bytes=9-3', 'words=1-2']) {
    const { status, bytes } = await download(buyer, path, { range });
    assert.equal([status, bytes.length], [200, size], range);
  }
});

test('who has the content gets 304; a range of other content gets the whole', async ({ as }) => {
  const buyer = await as('buyer');
  const path = `/api/models/${await uploaded(buyer)}/file`;
  const tag = `"${sha256(STL)}"`;
  const same = await download(buyer, path, { 'if-none-match': tag, range: 'bytes=0-9' });
  assert.equal([same.status, same.bytes.length, same.headers.get('etag')], [304, 0, tag]);
  assert.is((await download(buyer, path, { 'if-none-match': '"other"' })).status, 200);
  assert.is((await download(buyer, path, { 'if-range': tag, range: 'bytes=0-9' })).bytes.length, 10);
  assert.is((await download(buyer, path, { 'if-range': '"other"', range: 'bytes=0-9' })).bytes.length, STL.length);
});

test('HEAD tells what GET would, without the bytes', async ({ as }) => {
  const buyer = await as('buyer');
  const path = `/api/models/${await uploaded(buyer)}/file`;
  const { status, headers, bytes } = await download(buyer, path, { range: 'bytes=0-9' }, 'HEAD');
  assert.equal(
    [status, headers.get('content-length'), headers.get('content-type'), headers.get('etag'), bytes.length],
    [200, String(STL.length), 'model/stl', `"${sha256(STL)}"`, 0],
  );
});

test('staff reads a model while an order of its site uses it, staff without a site any', async ({ as, keep }) => {
  keep();
  const [buyer, stranger, north, south, engineer, crm, northCrm] = [
    await as('buyer'),
    await as('buyer'),
    await as('operator', { site: 'north' }),
    await as('packer', { site: 'south' }),
    await as('engineer'),
    await as('crm'),
    await as('crm', { site: 'north' }),
  ];
  const id = await uploaded(buyer);
  const reads = (who: Api): Promise<number[]> =>
    Promise.all(['', '/file'].map(async (what) => (await who.get(`/api/models/${id}${what}`)).status));
  assert.equal(await reads(north), [404, 404], 'nobody ordered it yet');
  assert.equal(await reads(engineer), [200, 200]);
  const order = { model: id, settings: SETTINGS, site: 'north' };
  const made = await buyer.post('/api/orders', order, { key: randomUUID() });
  await until('the site has the order', async () => (await reads(north)).every((status) => status === 200));
  const { body } = await north.get(`/api/models/${id}`);
  assert.equal([body.id, body.name, body.bytes], [id, 'ring.stl', STL.length]);
  for (const who of [buyer, crm, northCrm]) assert.equal(await reads(who), [200, 200]);
  for (const who of [south, stranger]) assert.equal(await reads(who), [404, 404]);
  assert.equal(told(await stranger.get(`/api/models/${id}/file`)), told(await stranger.get(`/api/models/x/file`)));
  assert.equal(told(await new Api(buyer.url).get(`/api/models/${id}/file`)), [401, 'unauthenticated']);
  await buyer.order(made.body.id, 'attach-model', { model: await uploaded(buyer, 'other.stl') });
  await until('the site has another model', async () => (await reads(north)).every((status) => status === 404));
});

test('a link to an order opens no model', async ({ as, orderOf, url }) => {
  const buyer = await as('buyer');
  const { id, model } = await orderOf(buyer);
  const { token } = (await buyer.post(`/api/orders/${id}/share`)).body;
  const asked = await new Api(url).get(`/api/models/${model.id}/file?share=${token}`);
  assert.equal(told(asked), [401, 'unauthenticated']);
});

test('content that is not on this node’s disk is 503, with nothing of the file', async ({ as, config }) => {
  const buyer = await as('buyer');
  const id = await uploaded(buyer);
  await rm(new DirectoryStore(config.filesDir).path(sha256(STL)));
  const { status, headers, bytes } = await download(buyer, `/api/models/${id}/file`);
  assert.equal(
    [status, headers.get('content-type'), headers.get('etag'), headers.get('content-disposition')],
    [503, 'application/problem+json', null, null],
  );
  assert.is(JSON.parse(bytes.toString()).code, 'unavailable');
});

/** Files below a folder that this process has open. */
async function openBelow(dir: string): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(dir));
}

test('a download that is broken off leaves no file open', async ({ as, config, url }) => {
  const buyer = await as('buyer');
  // More than the sockets on the way can hold, so that it is read only as far as the caller takes it.
  const triangles = 700_000;
  const big = Buffer.alloc(84 + 50 * triangles);
  big.writeUInt32LE(triangles, 80);
  const { model } = (await buyer.upload(big, 'big.stl')).body;
  const begin = async (): Promise<IncomingMessage> => {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const headers = { authorization: `Bearer ${buyer.token}` };
    get(`${url}/api/models/${model}/file`, { headers, agent: false }, resolve).on('error', reject);
    return promise;
  };
  const answers = await Promise.all([begin(), begin(), begin()]);
  for (const answer of answers) await new Promise((resolve) => answer.once('readable', resolve));
  assert.is((await openBelow(config.filesDir)).length, 3);
  for (const answer of answers) answer.destroy();
  await until('all are closed', async () => (await openBelow(config.filesDir)).length === 0);
  const whole = await download(buyer, `/api/models/${model}/file`);
  assert.ok(whole.bytes.equals(big));
  await until('that one too', async () => (await openBelow(config.filesDir)).length === 0);
});
