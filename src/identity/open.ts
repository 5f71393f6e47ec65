/** Everything about who somebody is, on the servers of a process. */
import type { Core } from '../core.ts';
import { Directory } from './directory.ts';
import { Identity } from './identity.ts';
import { Tokens } from './tokens.ts';

export interface OpenedIdentity {
  readonly identity: Identity;
  readonly directory: Directory;
}

/** `staff`: roles whose names may be shown. Throws `bad_settings`. */
export async function openIdentity(core: Core, staff: readonly string[]): Promise<OpenedIdentity> {
  const { config, pool, redis, keys } = core;
  const tokens = await Tokens.open(config.tokenKey);
  const directory = new Directory(pool, staff);
  const { sessionMs, logInTries } = config;
  return { directory, identity: new Identity({ pool, redis, keys, tokens, directory, sessionMs, logInTries }) };
}
