import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { fileName } from '../../src/files/file-name.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('names of uploaded files');

test('a percent-encoded name is decoded', () => {
  assert.is(fileName('ring.stl'), 'ring.stl');
  assert.is(fileName(encodeURIComponent('Кольцо №1 (final).stl')), 'Кольцо №1 (final).stl');
});

test('only the part after the last slash counts', () => {
  assert.is(fileName(encodeURIComponent('../../etc/passwd')), 'passwd');
  assert.is(fileName(encodeURIComponent('C:\\models\\ring.stl')), 'ring.stl');
});

test('control characters and marks that turn the reading direction are left out', () => {
  assert.is(fileName('a%00b%0D%0Ac%7F.stl'), 'abc.stl');
  assert.is(fileName(encodeURIComponent('ring\u202elts.exe\u2028\u200b')), 'ringlts.exe');
});

test('a long name is cut at 200, never within a character', () => {
  assert.is(fileName('x'.repeat(500)).length, 200);
  assert.is(fileName(encodeURIComponent(`${'x'.repeat(199)}💍`)), 'x'.repeat(199));
});

test('a missing or empty name becomes one that can be shown', () => {
  for (const none of [undefined, '', '%20', '%00', '.', '..', 'a%2F']) assert.is(fileName(none), 'model.stl');
});

test('a broken encoding is an invalid input', () => {
  for (const bad of ['%', '%E0%A4%A', '%ff']) {
    assert.throws(
      () => fileName(bad),
      (error: unknown) => codeOf(error) === 'invalid',
    );
  }
});
