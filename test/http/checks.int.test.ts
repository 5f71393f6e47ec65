import { request } from 'node:http';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { codeIn, json, type OpenApp, OWN, withApp } from './open-app.ts';

const test = spec<OpenApp>('order of checks', withApp());

const keyed = (body: unknown) => ({ ...json(body), headers: { ...json(body).headers, 'idempotency-key': 'k' } });

test('who is not signed in learns nothing else', async ({ send }) => {
  assert.equal(await codeIn(await send('/things', { method: 'POST', body: 'x'.repeat(2_000_000) })), [
    401,
    'unauthenticated',
  ]);
  const foreign = await send('/things/other/keep', { ...json({}), as: 'bad' });
  assert.is(foreign.headers.get('www-authenticate'), 'Bearer');
  assert.equal(await codeIn(foreign), [401, 'unauthenticated']);
});

test('a body above the limit is 413, whether its length was told or not', async ({ send, handled }) => {
  const big = `{"count":1,"x":"${'x'.repeat(1024 * 1024)}"}`;
  const told = await send('/things', { ...keyed({}), body: big, as: 'buyer' });
  assert.equal(await codeIn(told), [413, 'too_large']);
  const stream = new ReadableStream({
    start(controller) {
      for (let i = 0; i < 40; i++) controller.enqueue(new TextEncoder().encode('x'.repeat(64 * 1024)));
      controller.close();
    },
  });
  const init = { method: 'POST', body: stream, duplex: 'half' } as RequestInit;
  assert.equal(await codeIn(await send('/things', { ...init, as: 'buyer' })), [413, 'too_large']);
  assert.is(handled.length, 0);
});

test('another content type is 415, before what is in it', async ({ send }) => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
    'application/jsonx',
  ]) {
    const response = await send('/things', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': type },
      as: 'buyer',
    });
    assert.equal(await codeIn(response), [415, 'unsupported_media_type'], type);
  }
});

test('what is no JSON object is 400', async ({ send }) => {
  const bodies = ['{', '[]', 'null', '"x"', '{"count":1}}', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])];
  for (const body of bodies) {
    const response = await send('/things', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      as: 'buyer',
    });
    assert.equal(await codeIn(response), [400, 'malformed'], String(body));
  }
  const deep = `{"count":${'['.repeat(400_000)}`;
  assert.equal(await codeIn(await send('/things', { ...keyed({}), body: deep, as: 'buyer' })), [400, 'malformed']);
});

test('no body at all is an empty one', async ({ send }) => {
  const response = await send('/things', { method: 'POST', as: 'buyer', headers: { 'idempotency-key': 'k' } });
  assert.equal(await codeIn(response), [422, 'invalid']);
});

test('what is not the caller’s is 404 before 403, 422 and 428', async ({ send }) => {
  const wrongRole = await send('/things/other/keep', { ...keyed({ count: 1 }), as: 'buyer' });
  assert.equal(await codeIn(wrongRole), [404, 'not_found']);
  const wrongShape = await send('/things/other/keep', { ...keyed({ count: -1 }), as: 'keeper' });
  assert.equal(await codeIn(wrongShape), [404, 'not_found']);
  assert.equal(await codeIn(await send('/things/other/keep', { ...json({ count: 1 }), as: 'keeper' })), [
    404,
    'not_found',
  ]);
});

test('of what is the caller’s: role, then shape, then key', async ({ send }) => {
  assert.equal(await codeIn(await send('/things/mine/keep', { ...json({ count: -1 }), as: 'buyer' })), [
    403,
    'forbidden',
  ]);
  assert.equal(await codeIn(await send('/things/mine/keep', { ...json({ count: -1 }), as: 'keeper' })), [
    422,
    'invalid',
  ]);
  assert.equal(await codeIn(await send('/things/mine/keep', { ...json({ count: 1 }), as: 'keeper' })), [
    428,
    'idempotency_key_required',
  ]);
  assert.is((await send('/things/mine/keep', { ...keyed({ count: 1 }), as: 'keeper' })).status, 200);
});

test('a cookie needs an Origin of ours for anything unsafe', async ({ send }) => {
  const cookie = { cookie: 'andon=buyer' };
  const post = (headers: Record<string, string>) =>
    send('/things', { ...keyed({ count: 1 }), headers: { ...keyed({}).headers, ...cookie, ...headers } });
  assert.equal(await codeIn(await post({})), [403, 'bad_origin']);
  assert.equal(await codeIn(await post({ origin: 'http://evil.test' })), [403, 'bad_origin']);
  assert.equal(await codeIn(await post({ origin: 'null' })), [403, 'bad_origin']);
  assert.is((await post({ origin: OWN })).status, 201);
  assert.is((await send('/things/1', { headers: cookie })).status, 200);
});

test('a Bearer token needs no Origin', async ({ send }) => {
  assert.is((await send('/things', { ...keyed({ count: 1 }), as: 'buyer' })).status, 201);
});

test('a foreign page may not even sign somebody in', async ({ send }) => {
  const init = { ...json({ count: 1 }), headers: { ...json({}).headers, origin: 'http://evil.test' } };
  assert.equal(await codeIn(await send('/free', init)), [403, 'bad_origin']);
  assert.is((await send('/free', json({ count: 1 }))).status, 200);
});

test('a faulty key or version is told as a fault', async ({ send }) => {
  const init = {
    ...json({ count: 1 }),
    headers: { ...json({}).headers, 'idempotency-key': 'x'.repeat(201), 'if-match': '7' },
  };
  const response = await send('/things', { ...init, as: 'buyer' });
  const { errors } = (await response.json()) as { errors: { path: string }[] };
  assert.equal(
    errors.map(({ path }) => path),
    ['/Idempotency-Key', '/If-Match'],
  );
});

test('key and version reach the handler', async ({ send, handled }) => {
  await send('/things', {
    ...json({ count: 1 }),
    headers: { ...json({}).headers, 'idempotency-key': 'a b', 'if-match': '"4"' },
    as: 'buyer',
  });
  assert.equal([handled[0]!.key, handled[0]!.expectedVersion, handled[0]!.principal?.name], ['a b', 4, 'buyer']);
});

test('an upload that is refused half-way still gets its answer', async ({ url }) => {
  const status = await new Promise<number>((resolve, reject) => {
    const upload = request(
      `${url}/files`,
      { method: 'POST', headers: { authorization: 'Bearer buyer' } },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    upload.on('error', reject);
    for (let i = 0; i < 64; i++) upload.write(Buffer.alloc(64 * 1024));
    upload.end();
  });
  assert.is(status, 404);
});
