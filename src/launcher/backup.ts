/**
 * `backup DIR`: everything that can't be made again, while all goes on. Invariants: dump and counts are of one snapshot;
 * contents are copied after it, and a content once stored never changes, so no row is without its content; a backup that is
 * cut off leaves the one that was there before as it was.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type pg from 'pg';
import { AndonError } from '../errors.ts';
import { allNamed } from '../files/named.ts';
import { originOf } from '../log/origin.ts';
import { VERSION } from '../version.ts';
import { copyContent } from './backup-contents.ts';
import {
  contentsDir,
  FORMAT,
  type Manifest,
  manifestFile,
  printOf,
  readManifest,
  secretsFile,
  sha256Of,
  tariffsDir,
} from './backup-folder.ts';
import { type Census, census } from './census.ts';
import { asOwner } from './owner.ts';
import { pgTool } from './pg-tools.ts';
import type { Place } from './place.ts';
import { writePrivately } from './private-file.ts';
import { type Reached, reach } from './reach.ts';
import type { Env } from './settings.ts';
import { sitesOf } from './sites.ts';

export interface WantedBackup {
  readonly dir: string;
  /** false: the secrets are kept elsewhere. */
  readonly secrets: boolean;
}

type Say = (line: string) => void;

const MiB = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** Made by us, or made private; never somebody else's files. */
function openFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const strange = readdirSync(dir).filter(
    (name) => !/^(manifest\.json.*|secrets\.json.*|files|tariffs|database-[\w.-]+)$/.test(name),
  );
  if (strange.length > 0)
    throw new AndonError('bad_backup', `${dir} holds other things (${strange[0]}); give a folder of its own`, {
      expose: true,
    });
  chmodSync(dir, 0o700);
}

interface Snapshot {
  readonly era: number;
  readonly migrations: readonly string[];
  readonly census: Census;
  readonly contents: readonly string[];
}

async function dumpDatabase(adminUrl: string, file: string): Promise<Snapshot> {
  return asOwner(adminUrl, 'andon-backup', async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
    const snapshot = `--snapshot=${rows[0]?.id ?? ''}`;
    const args = ['--format=custom', '--no-unlogged-table-data', snapshot, `--file=${file}`];
    const [, read] = await Promise.all([pgTool('pg_dump', adminUrl, args), readSnapshot(client)]);
    await client.query('COMMIT');
    return read;
  });
}

async function readSnapshot(client: pg.Client): Promise<Snapshot> {
  const { era } = await originOf(client);
  const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name');
  const counted = await census(client);
  const contents: string[] = [];
  for await (const sha256 of allNamed(client)) contents.push(sha256);
  return { era, migrations: rows.map(({ name }) => name), census: counted, contents };
}

async function copyContents(
  contents: readonly string[],
  settings: Reached['settings'],
  dir: string,
): Promise<Manifest['contents'] & { readonly added: number }> {
  const sources = ['ANDON_FILES', 'ANDON_SPOOL', 'ANDON_FILES'].map((name) => settings[name] ?? '');
  const missing: string[] = [];
  let [bytes, added] = [0, 0];
  for (const sha256 of contents) {
    const copied = await copyContent(sha256, { sources, target: contentsDir(dir), mode: 0o600 });
    if ('bytes' in copied) bytes += copied.bytes;
    else missing.push(sha256);
    if (copied.became === 'copied') added++;
  }
  return { count: contents.length - missing.length, bytes, missing, added };
}

export async function backup(place: Place, wanted: WantedBackup, env: Env, print: Say): Promise<number> {
  const dir = resolve(wanted.dir);
  const { settings, adminUrl } = reach(place, env);
  openFolder(dir);
  const begun = new Date();
  const name = `database-${begun.toISOString().replace(/[:.]/g, '-')}.dump`;
  const file = join(dir, name);
  // Whichever the manifest names when we leave.
  let kept = readPrior(dir);
  try {
    const { contents: named, ...snapshot } = await dumpDatabase(adminUrl, file);
    chmodSync(file, 0o600);
    const { size } = statSync(file);
    const dump = { file: name, bytes: size, sha256: await sha256Of(file) };
    print(`database: ${MiB(size)}, ${snapshot.census.rows['actor_log']} rows of the log`);
    const { added, ...contents } = await copyContents(named, settings, dir);
    print(`contents of models: ${contents.count} of ${MiB(contents.bytes)}, ${added} of them new here`);
    const secrets = { secret: settings['ANDON_SECRET'] ?? '', tokenKey: settings['ANDON_TOKEN_KEY'] ?? '' };
    if (wanted.secrets) writePrivately(secretsFile(dir), secrets);
    else rmSync(secretsFile(dir), { force: true });
    const tariffs = settings['ANDON_TARIFFS'] ?? '';
    cpSync(tariffs, tariffsDir(dir), { recursive: true });
    const manifest: Manifest = {
      format: FORMAT,
      version: VERSION,
      at: begun.toISOString(),
      ...snapshot,
      sites: sitesOf(tariffs),
      dump,
      contents,
      secrets: { included: wanted.secrets, print: printOf(secrets) },
    };
    writePrivately(manifestFile(dir), manifest);
    kept = name;
    print(`${dir}: backed up as of ${manifest.at}, in ${((Date.now() - begun.getTime()) / 1_000).toFixed(1)} s`);
    if (!wanted.secrets) print('Without secrets: keep ANDON_SECRET and ANDON_TOKEN_KEY yourself, a restore needs them');
    return sayMissing(contents.missing, print);
  } finally {
    for (const other of readdirSync(dir))
      if (other.startsWith('database-') && other !== kept) rmSync(join(dir, other), { force: true });
  }
}

/** The dump of the backup that is there already. */
function readPrior(dir: string): string | undefined {
  return existsSync(manifestFile(dir)) ? readManifest(dir).dump.file : undefined;
}

/** The backup is as good as what there was; but somebody has to know. */
function sayMissing(missing: readonly string[], print: Say): number {
  if (missing.length === 0) return 0;
  print(`${missing.length} contents that models name are whole nowhere: ${missing.slice(0, 5).join(', ')}`);
  return 1;
}
