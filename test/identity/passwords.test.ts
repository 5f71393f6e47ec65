import * as assert from 'uvu/assert';
import { generatePassword, hashPassword, passwordFits } from '../../src/identity/passwords.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('passwords');

test('the right password fits, any other does not', async () => {
  const hash = await hashPassword('correct horse');
  assert.ok(await passwordFits('correct horse', hash));
  for (const wrong of ['', 'correct hors', 'Correct horse', 'correct horse '])
    assert.not(await passwordFits(wrong, hash));
});

test('equal passwords have different hashes, with the parameters in them', async () => {
  const [a, b] = await Promise.all([hashPassword('same'), hashPassword('same')]);
  assert.is.not(a, b);
  assert.match(a, /^scrypt\$15\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
});

test('the same letters typed on another system fit', async () => {
  assert.ok(await passwordFits('e\u0301te\u0301', await hashPassword('\u00e9t\u00e9')));
});

test('a generated password has 128 random bits', async () => {
  const { password, hash } = await generatePassword();
  assert.match(password, /^[\w-]{22}$/);
  assert.ok(await passwordFits(password, hash));
  assert.is.not(password, (await generatePassword()).password);
});

test('an unknown login and a broken hash are never right', async () => {
  for (const stored of [undefined, '', 'plain', 'scrypt$15$8$1$$', 'bcrypt$1$2$3$4$5']) {
    assert.not(await passwordFits('', stored).catch(() => false), String(stored));
  }
});
