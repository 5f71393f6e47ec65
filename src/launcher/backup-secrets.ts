/**
 * The secrets that a backup depends on: with others no idempotency key, no partner's key and no guest link of then would be
 * recognised.
 */
import { AndonError } from '../errors.ts';
import { type KeptSecrets, type Manifest, printOf, secretsFile } from './backup-folder.ts';
import type { Place } from './place.ts';
import { readPrivately, writePrivately } from './private-file.ts';
import { type Env, given } from './settings.ts';

const refuse = (text: string): AndonError => new AndonError('other_secrets', text, { expose: true });

const isKept = (value: unknown): value is KeptSecrets =>
  typeof value === 'object' && value !== null && 'secret' in value && 'tokenKey' in value;

/**
 * Those that have to take the place of ours; undefined: ours are those of the backup. Those of the environment count first,
 * as they do for `up`. Changes nothing. Throws `other_secrets`.
 */
export function secretsToTake(
  place: Place,
  { dir, manifest, force }: { readonly dir: string; readonly manifest: Manifest; readonly force: boolean },
  env: Env,
): KeptSecrets | undefined {
  const before = (readPrivately(place.secretsFile) ?? {}) as Partial<KeptSecrets>;
  const secret = given(env, 'ANDON_SECRET') ?? before.secret;
  const tokenKey = given(env, 'ANDON_TOKEN_KEY') ?? before.tokenKey;
  if (secret !== undefined && tokenKey !== undefined && printOf({ secret, tokenKey }) === manifest.secrets.print)
    return undefined;
  if (given(env, 'ANDON_SECRET') !== undefined || given(env, 'ANDON_TOKEN_KEY') !== undefined)
    throw refuse('ANDON_SECRET and ANDON_TOKEN_KEY are not both those of the backup');
  const kept = readPrivately(secretsFile(dir));
  if (!manifest.secrets.included || !isKept(kept))
    throw refuse('the backup holds no secrets: give those of then as ANDON_SECRET and ANDON_TOKEN_KEY');
  if (printOf(kept) !== manifest.secrets.print) throw refuse(`${secretsFile(dir)} is not of this backup`);
  if (before.secret !== undefined && !force)
    throw refuse(
      `${place.secretsFile} holds other secrets than the backup. --force: those of the backup take their place`,
    );
  return kept;
}

/** Puts them into our secrets.json; what was there is kept beside. */
export function takeSecrets(place: Place, { secret, tokenKey }: KeptSecrets): void {
  const before = (readPrivately(place.secretsFile) ?? {}) as Partial<KeptSecrets>;
  if (before.secret !== undefined) writePrivately(`${place.secretsFile}.before`, before);
  writePrivately(place.secretsFile, { ...before, secret, tokenKey });
}
