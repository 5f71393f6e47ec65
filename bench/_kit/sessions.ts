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

const LIFE_MS = 3_600_000;

/** Tokens, in the order of the people. */
export async function signIn(at: Addresses, people: readonly Signee[]): Promise<readonly string[]> {
  const pool = new pg.Pool({ connectionString: at.adminUrl, max: 8 });
  const tokens = await Tokens.open(environmentOf(at)['ANDON_TOKEN_KEY'] ?? '');
  const expiresAt = Math.ceil((Date.now() + LIFE_MS) / 1_000) * 1_000;
  const one = async ({ id, role, site }: Signee): Promise<string> => {
    await pool.query(
      `INSERT INTO users (id, login, name, roles, site, password) VALUES ($1, $2, $3, $4, $5, 'none')
       ON CONFLICT DO NOTHING`,
      [id, `${role}-${id}`, `${role} ${id.slice(0, 4)}`, [role], site ?? null],
    );
    const sid = randomUUID();
    await pool.query('INSERT INTO sessions (sid, user_id, expires_at) VALUES ($1, $2, $3)', [
      sid,
      id,
      new Date(expiresAt),
    ]);
    return tokens.sign({ sub: id, sid, expiresAt });
  };
  try {
    return await Promise.all(people.map(one));
  } finally {
    await pool.end();
  }
}
