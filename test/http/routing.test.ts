import * as assert from 'uvu/assert';
import { randomHex } from '../../src/http/random-hex.ts';
import { Routing } from '../../src/http/routing.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('routing');

function routing(): Routing<string> {
  const all = new Routing<string>();
  all.add(['HEAD', 'GET'], '/orders', 'list');
  all.add(['POST'], '/orders', 'create');
  all.add(['HEAD', 'GET'], '/orders/:id', 'order');
  all.add(['POST'], '/orders/batch', 'batch');
  all.add(['POST'], '/orders/:id/start', 'start');
  all.add(['POST'], '/operators/:who/start', 'operator');
  return all;
}

test('a path leads to its route, with its parameters decoded', () => {
  assert.equal(routing().find('GET', '/orders/7'), { entry: 'order', params: { id: '7' } });
  assert.equal(routing().find('POST', '/operators/a%20b/start'), { entry: 'operator', params: { who: 'a b' } });
  assert.equal(routing().find('GET', '/orders/%E0%A4%A')?.params, { id: '%E0%A4%A' }, 'as it is, where it is no text');
  assert.is(routing().find('HEAD', '/orders')?.entry, 'list');
});

test('a slash at the end says nothing, one in the middle is a segment that nothing fits', () => {
  assert.is(routing().find('GET', '/orders/')?.entry, 'list');
  assert.is(routing().find('POST', '/orders//start'), undefined);
  assert.is(routing().find('GET', '/'), undefined);
  assert.is(routing().find('GET', '//'), undefined);
});

test('what is written out goes before a parameter, but not where it lacks the method', () => {
  assert.is(routing().find('POST', '/orders/batch')?.entry, 'batch');
  assert.equal(routing().find('GET', '/orders/batch'), { entry: 'order', params: { id: 'batch' } });
});

test('a path knows its methods, an unknown one has none', () => {
  assert.equal(routing().methodsOf('/orders'), ['HEAD', 'GET', 'POST']);
  assert.equal(routing().methodsOf('/orders/batch'), ['POST', 'HEAD', 'GET']);
  assert.equal(routing().methodsOf('/orders/7/end'), []);
  assert.equal(routing().methodsOf('/nowhere'), []);
});

test('names of an object are no routes', () => {
  for (const path of ['/constructor', '/__proto__', '/orders/7/constructor'])
    assert.is(routing().find('GET', path), undefined, path);
});

test('random ids have their length and never repeat, also beyond what is drawn at once', () => {
  const ids = Array.from({ length: 2_000 }, () => randomHex(16));
  assert.is(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => /^[0-9a-f]{32}$/.test(id)));
});
