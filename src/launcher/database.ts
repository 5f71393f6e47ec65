/**
 * Makes the database ready for the application: encoding, migrations, role. What a server that was given lacks is told
 * with the words that its administrator has to type.
 */
import { join } from 'node:path';
import pg from 'pg';
import { AndonError, codeOf } from '../errors.ts';
import { clientConfig } from '../log/connect.ts';
import { migrate } from '../log/migrate.ts';
import type { Place } from './place.ts';

/** What migration 0001 makes, and every process works as. */
const ROLE = 'andon_app';

const bad = (message: string, cause?: unknown): AndonError =>
  new AndonError('no_database', message, { expose: true, ...(cause === undefined ? {} : { cause }) });

const nameIn = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));
const loginIn = (url: string): string => pg.escapeIdentifier(decodeURIComponent(new URL(url).username) || '<login>');

async function ask(config: pg.ClientConfig, sql: string): Promise<string> {
  const client = new pg.Client(config);
  client.on('error', () => undefined); // a lost connection also rejects the query that runs
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: string }>(sql);
    return rows[0]?.answer ?? '';
  } finally {
    await client.end();
  }
}

async function checkEncoding(adminUrl: string): Promise<void> {
  const encoding = await ask(
    clientConfig({ url: adminUrl, name: 'andon up' }),
    "select current_setting('server_encoding') as answer",
  );
  if (encoding !== 'UTF8')
    throw bad(
      `the database "${nameIn(adminUrl)}" has the encoding ${encoding}, Andon needs UTF8. Use another, made with:\n` +
        "  CREATE DATABASE <name> OWNER <login> ENCODING 'UTF8' TEMPLATE template0",
    );
}

const roleHint = (url: string): string =>
  `An administrator of the server has to do, before the next try:\n  CREATE ROLE ${ROLE} NOLOGIN   (if there is none)\n  GRANT ${ROLE} TO ${loginIn(url)}`;

const isDenied = (error: unknown): boolean =>
  error instanceof Error && (codeOf(error) === '42501' || (error.cause !== undefined && isDenied(error.cause)));

async function applyMigrations(place: Place, adminUrl: string): Promise<string[]> {
  try {
    return await migrate(adminUrl, join(place.root, 'migrations'));
  } catch (error) {
    // Only the role is the server's; a login that may not make tables is told so by Postgres itself.
    if (error instanceof AndonError && isDenied(error) && / role/.test(error.message))
      throw bad(`${error.message}. ${roleHint(adminUrl)}`, error);
    throw error;
  }
}

async function checkRole(url: string): Promise<void> {
  try {
    await ask(clientConfig({ url, role: ROLE, name: 'andon up' }), 'select current_user as answer');
  } catch (error) {
    if (!isDenied(error)) throw error;
    throw bad(`the login ${loginIn(url)} may not work as ${ROLE}. ${roleHint(url)}`, error);
  }
}

/** `url` is the application's, `adminUrl` the owner's; they may be the same. Throws `no_database` and what `migrate` throws. */
export async function bringUpToDate(
  place: Place,
  { url, adminUrl }: { readonly url: string; readonly adminUrl: string },
  say: (line: string) => void,
): Promise<void> {
  let at = adminUrl;
  try {
    await checkEncoding(adminUrl);
    const applied = await applyMigrations(place, adminUrl);
    if (applied.length > 0) say(`migrations applied: ${applied.join(', ')}`);
    at = url;
    await checkRole(url);
  } catch (error) {
    if (error instanceof AndonError) throw error;
    const why = error instanceof Error ? error.message || codeOf(error) : String(error);
    throw bad(`Postgres at ${new URL(at).host} can't be used: ${why}`, error);
  }
}
