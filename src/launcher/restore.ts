/**
 * `restore DIR [--force]`: a backup into this data folder, or into the database that DATABASE_URL names, while nothing of
 * Andon runs. Sums first, contents before rows, then the database as a whole, counted and compared with what was backed
 * up, and adopted. Invariant: cut off anywhere, nothing serves before it was adopted (origin.ts).
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { AndonError } from '../errors.ts';
import { oldIn } from '../files/hash-folder.ts';
import { checkNobodyServes } from '../log/adopt.ts';
import { adoptStores } from './adopt.ts';
import { copyContent } from './backup-contents.ts';
import { checkDump, contentsDir, type Manifest, readManifest, tariffsDir } from './backup-folder.ts';
import { takeSecrets } from './backup-secrets.ts';
import { census, differences } from './census.ts';
import { asOwner } from './owner.ts';
import { libpqEnv, pgTool } from './pg-tools.ts';
import type { Place } from './place.ts';
import type { Env } from './settings.ts';
import { sitesOf } from './sites.ts';
import { type OpenStores, whileStopped } from './stopped.ts';

type Say = (line: string) => void;

const refuse = (code: string, text: string): AndonError => new AndonError(code, text, { expose: true });

/** A newer Andon's tables mean nothing to us. */
function checkMigrations(place: Place, { migrations, version }: Manifest): void {
  const known = new Set(readdirSync(join(place.root, 'migrations')));
  const unknown = migrations.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw refuse('newer_backup', `the backup was made by Andon ${version}, which is newer (${unknown}); use that one`);
}

async function restoreContents(dir: string, settings: OpenStores['settings'], say: Say): Promise<void> {
  const from = contentsDir(dir);
  const target = settings['ANDON_FILES'] ?? '';
  let [copied, there] = [0, 0];
  const damaged: string[] = [];
  for (const sha256 of await oldIn(from, 0)) {
    const { became } = await copyContent(sha256, { sources: [from], target, mode: 0o640 });
    if (became === 'copied') copied++;
    else if (became === 'there') there++;
    else damaged.push(sha256);
  }
  if (damaged.length > 0)
    throw refuse('bad_backup', `${damaged.length} contents are damaged in the backup, as ${damaged[0]}`);
  say(`contents of models: ${copied} copied, ${there} were there`);
}

/** The role that tables were granted to; roles are of the server, so they are in no dump. */
const ROLE = `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'andon_app') THEN CREATE ROLE andon_app NOLOGIN; END IF;
  END $$`;

const OURS = `
  SELECT c.relname AS name, c.relkind = 'S' AS sequence FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'S') AND NOT c.relispartition
  ORDER BY c.relkind = 'S', 1`;

/** Nothing of ours may be there, or it goes. */
async function clear(client: pg.Client, force: boolean): Promise<void> {
  await checkNobodyServes(client);
  const { rows } = await client.query<{ name: string; sequence: boolean }>(OURS);
  if (rows.length === 0) return;
  const ours = ['actor_log', 'schema_migrations'].every((name) => rows.some((row) => row.name === name));
  if (!ours) throw refuse('not_empty', 'the database holds tables that are not of Andon; give an empty one');
  if (!force)
    throw refuse(
      'not_empty',
      'there is an Andon in this database already. --force: it is removed, and replaced by the backup',
    );
  await client.query('BEGIN');
  for (const { name, sequence } of rows)
    await client.query(`DROP ${sequence ? 'SEQUENCE' : 'TABLE'} IF EXISTS ${pg.escapeIdentifier(name)} CASCADE`);
  await client.query('COMMIT');
}

async function restoreDatabase(file: string, manifest: Manifest, force: boolean, stores: OpenStores, say: Say) {
  const { adminUrl, stop } = stores;
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

export async function restore(
  place: Place,
  { dir: given, force }: { readonly dir: string; readonly force: boolean },
  env: Env,
  print: Say,
): Promise<number> {
  const dir = resolve(given);
  const manifest = readManifest(dir);
  checkMigrations(place, manifest);
  const file = await checkDump(dir, manifest);
  print(`a backup of ${manifest.at}, made by Andon ${manifest.version}`);
  const whole = await whileStopped(place, env, print, {
    prepare: () => takeSecrets(place, { dir, manifest, force }, env),
    async work(stores) {
      const sites = sitesOf(stores.settings['ANDON_TARIFFS'] ?? '');
      const lost = manifest.sites.filter((site) => !sites.includes(site));
      if (lost.length > 0)
        throw refuse('no_tariff', `no tariff for ${lost.join(', ')}; those of then are in ${tariffsDir(dir)}`);
      await restoreContents(dir, stores.settings, print);
      await restoreDatabase(file, manifest, force, stores, print);
      return adoptStores(place, env, stores, print);
    },
  });
  if (!whole) throw refuse('not_whole', 'restored, but not all is as the log says (see above)');
  print('Restored. Start it: ./andon up -d. Everybody signs in anew.');
  return 0;
}
