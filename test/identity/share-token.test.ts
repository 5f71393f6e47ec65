import * as assert from 'uvu/assert';
import { looksLikeToken, shareHash, shareToken } from '../../src/identity/share-token.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('tokens of guest links');
const SECRET = 'a secret of at least thirty-two characters';
const asked = { tenant: 'house', person: 'p', order: 'o', key: 'k' };

test('one key of one person and order is one token; another of any is another', () => {
  const token = shareToken(SECRET, asked);
  assert.is(shareToken(SECRET, { ...asked }), token);
  const others = [
    shareToken(`${SECRET}!`, asked),
    ...['tenant', 'person', 'order', 'key'].map((field) => shareToken(SECRET, { ...asked, [field]: 'x' })),
    shareToken(SECRET, { ...asked, person: 'po', order: '' }),
  ];
  assert.is(new Set([token, ...others]).size, others.length + 1);
});

test('without a key every token is new', () => {
  const tokens = Array.from({ length: 100 }, () => shareToken(SECRET, { ...asked, key: undefined }));
  assert.is(new Set(tokens).size, 100);
});

test('a token has 256 bits and is not what is stored', () => {
  for (const key of ['k', undefined]) {
    const token = shareToken(SECRET, { ...asked, key });
    assert.is(Buffer.from(token, 'base64url').length, 32);
    assert.ok(looksLikeToken(token));
    assert.is.not(shareHash(SECRET, token), token);
    assert.is.not(shareHash(SECRET, token), shareHash(`${SECRET}!`, token));
  }
  for (const text of ['', 'x', `${'a'.repeat(43)}=`, `${'a'.repeat(42)}/`, 'a'.repeat(44)])
    assert.not(looksLikeToken(text));
});
