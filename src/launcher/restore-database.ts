/** The database of a restore: as a whole, into an empty one or in place of an Andon, counted and compared with what was backed up. */
import pg from 'pg';
import { AndonError } from '../errors.ts';
import { checkNobodyServes } from '../log/adopt.ts';
import type { Manifest } from './backup-folder.ts';
import { census, differences } from './census.ts';
import { asOwner } from './owner.ts';
import { libpqEnv, pgTool } from './pg-tools.ts';
import type { OpenStores } from './stopped.ts';

const refuse = (code: string, text: string): AndonError => new AndonError(code, text, { expose: true });

/** The role that tables were granted to; roles are of the server, so they are in no dump. */
const ROLE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'andon_app') THEN CREATE ROLE andon_app NOLOGIN; END IF;
  END $$`;

const OURS = `
  SELECT c.relname AS name, c.relkind = 'S' AS sequence FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'S') AND NOT c.relispartition
  ORDER BY c.relkind = 'S', 1`;

interface Ours {
  readonly name: string;
  readonly sequence: boolean;
}

/** What is there and has to go; throws `still_serving`, and `not_empty` when it may not. */
async function inTheWay(client: pg.Client, force: boolean): Promise<readonly Ours[]> {
  await checkNobodyServes(client);
  const { rows } = await client.query<Ours>(OURS);
  if (rows.length === 0) return rows;
  const ours = ['actor_log', 'schema_migrations'].every((name) => rows.some((row) => row.name === name));
  if (!ours) throw refuse('not_empty', 'the database holds tables that are not of Andon; give an empty one');
  if (!force)
    throw refuse(
      'not_empty',
      'there is an Andon in this database already. --force: it is removed, and replaced by the backup',
    );
  return rows;
}

/** Refuses as the restore would, and changes nothing. */
export const checkRoom = async ({ adminUrl }: OpenStores, force: boolean): Promise<void> => {
  await asOwner(adminUrl, 'andon-restore', (client) => inTheWay(client, force));
};

async function clear(client: pg.Client, force: boolean): Promise<void> {
  const rows = await inTheWay(client, force);
  await client.query('BEGIN');
  for (const { name, sequence } of rows)
    await client.query(`DROP ${sequence ? 'SEQUENCE' : 'TABLE'} IF EXISTS ${pg.escapeIdentifier(name)} CASCADE`);
  await client.query('COMMIT');
}

/** Throws `not_restored` when it is not what was backed up. */
export async function restoreDatabase(
  { adminUrl, stop }: OpenStores,
  { file, manifest, force }: { readonly file: string; readonly manifest: Manifest; readonly force: boolean },
  say: (line: string) => void,
): Promise<void> {
  await asOwner(adminUrl, 'andon-restore', async (client) => {
    await clear(client, force);
    await client.query(ROLE);
  });
  const args = [
    '--no-owner',
    '--exit-on-error',
    '--single-transaction',
    `--dbname=${libpqEnv(adminUrl)['PGDATABASE']}`,
  ];
  await pgTool('pg_restore', adminUrl, [...args, file], stop);
  const wrong = await asOwner(adminUrl, 'andon-restore', async (client) => {
    const found = differences(manifest.census, await census(client));
    await client.query('ANALYZE');
    return found;
  });
  if (wrong.length > 0)
    throw refuse('not_restored', `what was restored is not what was backed up: ${wrong.join('; ')}`);
  const { actor_log: rows, jobs } = manifest.census.rows;
  say(`database: every table as it was backed up, ${rows} rows of the log, ${jobs} jobs`);
}
