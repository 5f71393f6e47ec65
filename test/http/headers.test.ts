import * as assert from 'uvu/assert';
import { readCookie, sessionCookie } from '../../src/http/cookies.ts';
import { credentialsOf } from '../../src/http/credentials.ts';
import { ownOrigins } from '../../src/http/origins.ts';
import { noneMatches, requestIdOf, traceOf, writeHeaders } from '../../src/http/request-headers.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('headers');

test('a key has 1-200 printable characters', () => {
  for (const key of ['a', 'order 7 "x"', '~'.repeat(200)]) assert.is(writeHeaders({ 'idempotency-key': key }).key, key);
  for (const key of ['', 'é', 'a\tb', 'x'.repeat(201)]) {
    assert.is(writeHeaders({ 'idempotency-key': key }).faults[0]?.path, '/Idempotency-Key', key);
  }
});

test('If-Match names one version, also as a proxy weakens it', () => {
  assert.is(writeHeaders({ 'if-match': '"7"' }).expectedVersion, 7);
  assert.is(writeHeaders({ 'if-match': 'W/"7"' }).expectedVersion, 7);
  assert.is(writeHeaders({ 'if-match': '*' }).expectedVersion, undefined);
  for (const match of ['7', '"x"', '"1", "2"', '"-1"', '"99999999999"']) {
    assert.is(writeHeaders({ 'if-match': match }).faults[0]?.path, '/If-Match', match);
  }
});

test('a valid traceparent is passed on, anything else begins a new trace', () => {
  const given = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  assert.is(traceOf({ traceparent: given }), given);
  for (const bad of ['x', given.toUpperCase(), `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, undefined]) {
    const trace = traceOf(bad === undefined ? {} : { traceparent: bad });
    assert.match(trace, /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    assert.is.not(trace, bad);
  }
});

test('a request id is taken over only if it is a plain word', () => {
  assert.is(requestIdOf({ 'x-request-id': 'abcd-1234' }), 'abcd-1234');
  assert.is.not(requestIdOf({ 'x-request-id': 'a b\u001b[31m' }), 'a b\u001b[31m');
});

test('If-None-Match compares weakly and knows lists', () => {
  assert.not(noneMatches('"3"', '"3"'));
  assert.not(noneMatches('"1", W/"3"', '"3"'));
  assert.not(noneMatches('*', '"3"'));
  assert.ok(noneMatches('"33"', '"3"'));
  assert.ok(noneMatches(undefined, '"3"'));
});

test('a cookie is found among others, by its whole name', () => {
  assert.is(readCookie('x=1; andon=abc.def; y=2', 'andon'), 'abc.def');
  assert.is(readCookie('xandon=no', 'andon'), undefined);
  assert.is(readCookie(undefined, 'andon'), undefined);
});

test('the session cookie is closed to scripts and to other sites', () => {
  const cookie = sessionCookie('t', Date.now() + 60_000, true);
  for (const word of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Secure']) assert.ok(cookie.includes(word), word);
  assert.not(sessionCookie('t', Date.now(), false).includes('Secure'));
});

test('a Bearer token counts before the cookie; another scheme is no token of ours', () => {
  assert.equal(credentialsOf({ authorization: 'Bearer abc', cookie: 'andon=x' }), { token: 'abc', by: 'bearer' });
  assert.equal(credentialsOf({ authorization: 'Basic abc' }), { token: '', by: 'bearer' });
  assert.equal(credentialsOf({ cookie: 'andon=x' }), { token: 'x', by: 'cookie' });
  assert.is(credentialsOf({ cookie: 'andon=' }), undefined);
  assert.is(credentialsOf({}), undefined);
});

test('without a setting our origins are this machine’s at our ports', () => {
  const own = ownOrigins([], [8080, 8081]);
  assert.ok(own.has('http://localhost:8080') && own.has('http://127.0.0.1:8081'));
  assert.not(own.has('http://localhost:9999'));
  assert.equal([...ownOrigins(['https://shop.example/'], [8080])], ['https://shop.example']);
});
