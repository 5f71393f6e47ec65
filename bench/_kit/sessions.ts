/** People who are signed in, without the seconds that scrypt takes for each: rows as a log-in leaves them, and a token. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Tokens } from '../../src/identity/tokens.ts';
import { environmentOf } from './environment.ts';
import type { Addresses } from './stand.ts';

export interface Signee {
  readonly id: string;
  readonly role: string;
  readonly site?: string;
}

/** Longer than any bench. */
const LIFE_MS = 12 * 3_600_000;

/** Tokens, in the order of the people. */
export async function signIn(at: Addresses, people: readonly Signee[]): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: at.adminUrl });
  const tokens = await Tokens.open(environmentOf(at)['ANDON_TOKEN_KEY'] ?? '');
  const expiresAt = Math.ceil((Date.now() + LIFE_MS) / 1_000) * 1_000;
  const sids = people.map(() => randomUUID());
  const ids = people.map(({ id }) => id);
  const roles = people.map(({ role }) => role);
  await client.connect();
  try {
    await client.query(
      `INSERT INTO users (id, login, name, roles, site, password)
       SELECT id, role || '-' || id, role || ' ' || left(id::text, 4), ARRAY[role], site, 'none'
       FROM unnest($1::uuid[], $2::text[], $3::text[]) AS p(id, role, site) ON CONFLICT DO NOTHING`,
      [ids, roles, people.map(({ site }) => site ?? null)],
    );
    await client.query(
      'INSERT INTO sessions (sid, user_id, expires_at) SELECT sid, id, $3 FROM unnest($1::uuid[], $2::uuid[]) AS s(sid, id)',
      [sids, ids, new Date(expiresAt)],
    );
  } finally {
    await client.end();
  }
  return Promise.all(people.map(({ id }, n) => tokens.sign({ sub: id, sid: sids[n] ?? '', expiresAt })));
}
