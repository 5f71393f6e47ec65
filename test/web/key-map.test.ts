import * as assert from 'uvu/assert';
import { KEY_NAMES, keysFrom, nameOfKey, remapped } from '../../web/board/key-map.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('keys of the board');
const { map } = keysFrom(null);

test('another letter takes the place of the one it had, and both still do something', () => {
  const next = remapped(map, 'capture', 'KeyS');
  assert.is(next.capture, 'KeyS');
  assert.is(next.start, 'KeyC');
  assert.is(new Set(Object.values(next)).size, KEY_NAMES.length);
  assert.equal(remapped(map, 'capture', 'Digit1'), map, 'only letters');
});

test('what was kept comes back; what makes no sense is as delivered', () => {
  const own = { map: remapped(map, 'next', 'KeyJ'), on: false };
  assert.equal(keysFrom(JSON.stringify(own)), own);
  for (const bad of ['', '{', 'null', '7', '{"map":7}', '{"map":{"next":"KeyC"}}', '{"map":{"next":"Enter"}}'])
    assert.equal(keysFrom(bad), { map, on: true }, bad);
});

test('a key without a meaning has no name', () => {
  assert.is(nameOfKey('KeyN'), 'next');
  assert.is(nameOfKey('KeyX'), undefined);
});
