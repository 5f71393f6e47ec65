import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { type DigestOf, digestWith, looksLikeApiKey, newApiKey } from '../../src/identity/api-key.ts';
import { KeyHolders } from '../../src/identity/key-holders.ts';
import { addPartnerKey, listPartnerKeys, revokePartnerKey } from '../../src/identity/partner-keys.ts';
import { openPool } from '../../src/log/connect.ts';
import type { Queryable } from '../../src/log/statement.ts';
import { lendDatabase } from '../_kit/database.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

interface Open {
  readonly pool: pg.Pool;
  readonly holders: KeyHolders;
  /** Statements that `holders` sent. */
  readonly asked: string[];
  readonly digestOf: DigestOf;
  /** Postgres does not answer the holders any more. */
  cut(): void;
}

const SECRET = 'a secret of at least thirty-two characters';

const test = spec<Open>('keys of partners', async (lend) => {
  const database = await lendDatabase();
  const pool = openPool({ url: database.url, name: 'keys', max: 4 });
  const asked: string[] = [];
  let away = false;
  const watched: Queryable = {
    query: (config) => {
      asked.push(config.name ?? '');
      return away ? Promise.reject(new Error('Connection terminated')) : pool.query(config);
    },
  };
  const digestOf = digestWith(SECRET);
  try {
    const holders = new KeyHolders({ pool: watched, digestOf, role: 'partner' });
    await lend({ pool, holders, asked, digestOf, cut: () => (away = true) });
  } finally {
    await pool.end();
    await database.close();
  }
});

const SCOPES = ['orders:read'];
const codeFor = (answer: Promise<unknown>): Promise<string> => answer.then(() => 'ok', codeOf);

test('keys are long, all different, and none is stored', async ({ pool, digestOf }) => {
  const keys = Array.from({ length: 1_000 }, newApiKey);
  assert.is(new Set(keys).size, 1_000);
  assert.ok(keys.every((key) => looksLikeApiKey(key) && key.length === 35));
  const { apiKey } = await addPartnerKey(pool, digestOf, { partner: 'Acme', scopes: SCOPES });
  const { rows } = await pool.query('select partner_keys::text || partners::text as line from partner_keys, partners');
  assert.is(rows.length, 1);
  assert.not(rows[0].line.includes(apiKey.slice(3)));
});

test('a key tells its company: the same for all of its keys, whatever they are for', async ({
  pool,
  holders,
  digestOf,
}) => {
  const one = await addPartnerKey(pool, digestOf, { partner: 'Acme', scopes: SCOPES });
  const two = await addPartnerKey(pool, digestOf, { partner: 'Acme', scopes: ['events:read'] });
  const other = await addPartnerKey(pool, digestOf, { partner: 'Bolt', scopes: SCOPES });
  const [a, b, c] = await Promise.all([one, two, other].map(({ apiKey }) => holders.holderOf(apiKey)));
  assert.equal([a?.id, a?.tenant, a?.roles, a?.scopes], [one.partnerId, one.partnerId, ['partner'], SCOPES]);
  assert.equal([b?.id, b?.scopes], [one.partnerId, ['events:read']]);
  assert.is.not(c?.id, a?.id);
});

test('with another secret no key is known', async ({ pool, digestOf }) => {
  const { apiKey } = await addPartnerKey(pool, digestOf, { partner: 'Acme', scopes: SCOPES });
  const elsewhere = new KeyHolders({ pool, digestOf: digestWith(SECRET.toUpperCase()), role: 'partner' });
  assert.is(await codeFor(elsewhere.holderOf(apiKey)), 'unauthenticated');
});

test('a thousand requests ask Postgres once, and a revocation holds within two seconds', async ({
  pool,
  holders,
  asked,
  digestOf,
}) => {
  const { id, apiKey } = await addPartnerKey(pool, digestOf, { partner: 'Acme', scopes: SCOPES });
  await Promise.all(Array.from({ length: 1_000 }, () => holders.holderOf(apiKey)));
  assert.is(asked.length, 1);
  assert.is(await revokePartnerKey(pool, id), true);
  await until('it is refused', async () => (await codeFor(holders.holderOf(apiKey))) === 'unauthenticated', 2_000);
  assert.is(await revokePartnerKey(pool, id), true, 'twice is no fault');
  assert.is(await revokePartnerKey(pool, randomUUID()), false);
});

test('a wrong key that comes again and again, and a thousand wrong ones at once, cost next to nothing', async ({
  holders,
  asked,
}) => {
  const wrong = newApiKey();
  for (let n = 0; n < 20; n++) assert.is(await codeFor(holders.holderOf(wrong)), 'unauthenticated');
  assert.is(asked.length, 1);
  await Promise.all(Array.from({ length: 1_000 }, () => codeFor(holders.holderOf(newApiKey()))));
  assert.is(asked.length, 3, 'five hundred to a statement');
  for (const nonsense of ['', 'ak_', 'ak_short', `ak_${'x'.repeat(33)}`, 'x'.repeat(35)])
    assert.is(await codeFor(holders.holderOf(nonsense)), 'unauthenticated');
  assert.is(asked.length, 3, 'what can be no key is not asked for');
});

test('with Postgres away a key nobody knows yet is not refused but unavailable', async ({
  pool,
  holders,
  digestOf,
  cut,
}) => {
  const { apiKey } = await addPartnerKey(pool, digestOf, { partner: 'Acme', scopes: SCOPES });
  cut();
  assert.is(await codeFor(holders.holderOf(apiKey)), 'unavailable');
});

test('keys are listed with their ends, without what they are', async ({ pool, digestOf }) => {
  const expiresAt = Date.now() + 60_000;
  const one = await addPartnerKey(pool, digestOf, { partner: 'Bolt', scopes: SCOPES, expiresAt });
  const two = await addPartnerKey(pool, digestOf, { partner: 'Acme', scopes: SCOPES });
  await revokePartnerKey(pool, two.id);
  const [first, second] = await listPartnerKeys(pool);
  assert.equal([first?.id, first?.partner, first?.expiresAt], [two.id, 'Acme', null]);
  assert.type(first?.revokedAt, 'string');
  assert.equal([second?.id, second?.expiresAt, second?.revokedAt], [one.id, new Date(expiresAt).toISOString(), null]);
});
