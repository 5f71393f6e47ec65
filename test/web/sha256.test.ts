import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import { sha256 } from '../../web/client/sha256.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('SHA-256 for pages without crypto.subtle');

/** FIPS 180-4 and NIST's examples: one block, two blocks, nothing, a million letters. */
const VECTORS: readonly (readonly [string, string])[] = [
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
];

test('gives what the standard says for its own examples', () => {
  for (const [text, digest] of VECTORS) assert.is(sha256(text), digest);
});

test('is the SHA-256 of any text in UTF-8, whatever its length', () => {
  for (let length = 0; length < 200; length++)
    assert.is(sha256('x'.repeat(length)), createHash('sha256').update('x'.repeat(length)).digest('hex'));
  void fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.is(sha256(text), createHash('sha256').update(text).digest('hex'));
    }),
  );
});
