import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { codeIn, json, type OpenApp, withApp } from './open-app.ts';

const test = spec<OpenApp>('answers', withApp());
const limited = spec<OpenApp>('limited callers', withApp({ perSecond: 5 }));

test('an answer with a version has an ETag, for its caller alone', async ({ send }) => {
  const response = await send('/things/1', { as: 'buyer' });
  assert.is(response.headers.get('etag'), '"7"');
  assert.is(response.headers.get('vary'), 'Cookie, Authorization');
  assert.is(response.headers.get('cache-control'), 'private, no-cache');
  assert.equal(await response.json(), { big: 'thing' });
});

test('who has that version gets 304 and no body', async ({ send }) => {
  for (const tag of ['"7"', 'W/"7"', '"1", "7"']) {
    const response = await send('/things/1', { as: 'buyer', headers: { 'if-none-match': tag } });
    assert.equal([response.status, await response.text(), response.headers.get('etag')], [304, '', '"7"']);
  }
  assert.is((await send('/things/1', { as: 'buyer', headers: { 'if-none-match': '"6"' } })).status, 200);
});

test('what is the same for everybody may be kept by shared caches', async ({ send }) => {
  const response = await send('/shared');
  assert.equal([response.headers.get('cache-control'), response.headers.get('vary')], ['public, max-age=1', null]);
});

test('an unknown path is 404, a known one with another method 405', async ({ send }) => {
  assert.equal(await codeIn(await send('/nowhere')), [404, 'not_found']);
  assert.equal(await codeIn(await send('/things/1', { method: 'DELETE', as: 'buyer' })), [405, 'method_not_allowed']);
  assert.is((await send('/things/1', { method: 'DELETE' })).headers.get('allow'), 'HEAD, GET');
});

test('every problem is problem+json, is not cached and carries a request id', async ({ send }) => {
  for (const path of ['/nowhere', '/broken', '/things/1', '/free?x=1']) {
    const response = await send(path);
    assert.is(response.headers.get('content-type'), 'application/problem+json', path);
    assert.is(response.headers.get('cache-control'), 'no-store');
    assert.ok(response.headers.get('x-request-id'));
    const body = (await response.json()) as { status: number; title: string; type: string };
    assert.is(body.status, response.status);
    assert.ok(body.title && body.type);
  }
});

test('a bug is 500, told to the log with its request id and to nobody else', async ({ send, logged }) => {
  const response = await send('/broken', { headers: { 'x-request-id': 'abcdefgh' } });
  const text = await response.text();
  assert.is(response.status, 500);
  assert.not(text.includes('hunter2'));
  assert.is((logged[0] as { requestId: string }).requestId, 'abcdefgh');
});

test('503 says when to try again', async ({ send }) => {
  const response = await send('/away');
  assert.equal([response.status, response.headers.get('retry-after')], [503, '1']);
});

test('a path that is no path is 404 or 400, never a bug', async ({ send }) => {
  for (const path of ['/things/%E0%A4%A', '/things/%00', '/..%2f..%2fetc/passwd', '//', '/things/1?%']) {
    assert.ok((await send(path, { as: 'buyer' })).status < 500, path);
  }
});

test('answers may not be framed, sniffed or run as a page', async ({ send }) => {
  const { headers } = await send('/free');
  assert.is(headers.get('x-content-type-options'), 'nosniff');
  assert.is(headers.get('x-frame-options'), 'DENY');
  assert.ok(headers.get('content-security-policy')?.includes("default-src 'none'"));
});

limited('a user above its requests per second gets 429 with the limit, others do not', async ({ send }) => {
  const all = await Promise.all(Array.from({ length: 12 }, () => send('/things/1', { as: 'buyer' })));
  const refused = all.filter(({ status }) => status === 429);
  assert.ok(refused.length >= 6, `${refused.length}`);
  assert.is(refused[0]!.headers.get('retry-after'), '1');
  assert.is(((await refused[0]!.json()) as { limit: number }).limit, 5);
  assert.is((await send('/things/1', { as: 'other' })).status, 200);
});

limited('who is not signed in is not counted on loopback', async ({ send }) => {
  const all = await Promise.all(Array.from({ length: 20 }, () => send('/free', json({ count: 1 }))));
  assert.ok(all.every(({ status }) => status === 200));
});
