import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
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
  assert.match(a, /^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
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

test('two are derived at once, so many wait, more are told to come back', async () => {
  const real = crypto.scrypt;
  const running: (() => void)[] = [];
  crypto.scrypt = ((...args: unknown[]) => {
    const done = args.at(-1) as (error: null, key: Buffer) => void;
    running.push(() => done(null, Buffer.alloc(32)));
  }) as typeof real;
  syncBuiltinESMExports();
  try {
    const codes = Array.from({ length: 230 }, () => hashPassword('x').then(() => 'ok', codeOf));
    assert.equal(await Promise.all(codes.slice(-28)), Array(28).fill('overloaded'));
    let derived = 0;
    for (; running.length > 0; derived++) {
      assert.ok(running.length <= 2, `${running.length}`);
      running.shift()?.();
      await setImmediate();
    }
    assert.is(derived, 202);
    assert.equal(await Promise.all(codes.slice(0, 202)), Array(202).fill('ok'));
  } finally {
    crypto.scrypt = real;
    syncBuiltinESMExports();
  }
});
