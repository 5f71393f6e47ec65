/** Everything about who somebody is, on the servers of a process. */
import type { Core } from '../core.ts';
import { Directory } from './directory.ts';
import { Identity } from './identity.ts';
import { Revocations } from './revocations.ts';
import { CACHE_MS } from './sessions.ts';
import { Tokens } from './tokens.ts';

export interface OpenedIdentity {
  readonly identity: Identity;
  readonly directory: Directory;
  readonly revocations: Revocations;
}

/** `staff`: roles whose names may be shown. Throws `bad_settings`. */
export async function openIdentity(core: Core, staff: readonly string[]): Promise<OpenedIdentity> {
  const { config, pool, redis, keys } = core;
  const tokens = await Tokens.open(config.tokenKey, config.tokenTrust);
  const directory = new Directory(pool, staff);
  const revocations = await Revocations.open({ pool, rememberedMs: CACHE_MS });
  const { sessionMs, logInTries } = config;
  const known = { pool, redis, keys, tokens, directory, revocations };
  return { directory, revocations, identity: new Identity({ ...known, sessionMs, logInTries }) };
}
