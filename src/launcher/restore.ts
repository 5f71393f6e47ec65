/**
 * `restore DIR [--force]`: a backup into this data folder, or into the database that DATABASE_URL names, while nothing of
 * Andon runs. Sums first, and whatever else it is refused for; then contents, the database, and its adoption. Invariants: what
 * is refused changes nothing of an Andon that is there; cut off anywhere, nothing serves before it was adopted (cut-off.ts,
 * origin.ts); one content that is damaged costs that content alone.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AndonError } from '../errors.ts';
import { oldIn } from '../files/hash-folder.ts';
import { adoptStores } from './adopt.ts';
import { copyContent } from './backup-contents.ts';
import { checkDump, contentsDir, type KeptSecrets, type Manifest, readManifest, tariffsDir } from './backup-folder.ts';
import { secretsToTake, takeSecrets } from './backup-secrets.ts';
import { markRestoring, unmarkRestoring } from './cut-off.ts';
import { setLoginsAside } from './logins.ts';
import type { Place } from './place.ts';
import { readPrivately } from './private-file.ts';
import { checkRoom, restoreDatabase } from './restore-database.ts';
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

/** Resolves to those that are damaged in the backup: they are left out, as if they were missing. */
export async function restoreContents(dir: string, target: string, say: Say): Promise<readonly string[]> {
  const from = contentsDir(dir);
  let [copied, there] = [0, 0];
  const damaged: string[] = [];
  for (const sha256 of await oldIn(from, 0)) {
    const { became } = await copyContent(sha256, { sources: [from], target, mode: 0o640 });
    if (became === 'copied') copied++;
    else if (became === 'there') there++;
    else damaged.push(sha256);
  }
  const leftOut = damaged.length > 0 ? `, ${damaged.length} damaged in the backup and left out` : '';
  say(`contents of models: ${copied} copied, ${there} were there${leftOut}`);
  return damaged;
}

function checkTariffs(dir: string, manifest: Manifest, { settings }: OpenStores): void {
  const sites = sitesOf(settings['ANDON_TARIFFS'] ?? '');
  const lost = manifest.sites.filter((site) => !sites.includes(site));
  if (lost.length > 0)
    throw refuse('no_tariff', `no tariff for ${lost.join(', ')}; those of then are in ${tariffsDir(dir)}`);
}

/** The stores were opened with the secrets that were here before. */
const withSecrets = (stores: OpenStores, kept: KeptSecrets | undefined): OpenStores =>
  kept === undefined
    ? stores
    : { ...stores, settings: { ...stores.settings, ANDON_SECRET: kept.secret, ANDON_TOKEN_KEY: kept.tokenKey } };

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
  let kept: KeptSecrets | undefined;
  let taken = false;
  const take = (): void => {
    if (taken) return;
    markRestoring(place, dir);
    if (kept !== undefined) takeSecrets(place, kept);
    taken = true;
  };
  const whole = await whileStopped(place, env, print, {
    prepare() {
      kept = secretsToTake(place, { dir, manifest, force }, env);
      // Where nothing is yet, the private servers that are started next would be a beginning.
      if (readPrivately(place.secretsFile) === undefined) take();
    },
    async work(stores) {
      checkTariffs(dir, manifest, stores);
      await checkRoom(stores, force);
      take();
      // Passwords are those of the backup from now on.
      setLoginsAside(place);
      const damaged = await restoreContents(dir, stores.settings['ANDON_FILES'] ?? '', print);
      await restoreDatabase(stores, { file, manifest, force }, print);
      const adopted = await adoptStores(place, env, withSecrets(stores, kept), print);
      unmarkRestoring(place);
      for (const sha256 of damaged) print(`DAMAGED IN THE BACKUP, and left out: the content ${sha256}`);
      return adopted && damaged.length === 0;
    },
  });
  if (!whole)
    throw refuse('not_whole', 'restored, but not all is there as it was (see above). Start it: ./andon up -d');
  print('Restored. Start it: ./andon up -d. Everybody signs in anew.');
  return 0;
}
