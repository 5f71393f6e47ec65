/** Reading the log by actor: heads, rows, claims. Takes a pool with `READ_SETTINGS`. */

import type { LogRow } from '../runtime/actor.ts';
import { BY_INDEX, LIMITS } from './connect.ts';
import { Gather } from './gather.ts';
import { type ActorKey, type Head, logRow, type StoredRow } from './rows.ts';
import { type Queryable, statement } from './statement.ts';

/** For the pool's sessions: plans by index, nothing runs for long. */
export const READ_SETTINGS = { ...LIMITS, ...BY_INDEX };

interface HeadLine {
  readonly i: number;
  readonly version: number;
  readonly command_id: string;
  readonly after: unknown;
  readonly state_version: number;
  readonly quarantined: boolean;
}

interface ClaimLine {
  readonly name: string;
  readonly actor_id: string;
}

const heads = statement<HeadLine>(import.meta.url, 'sql/heads');
const rows = statement<StoredRow>(import.meta.url, 'sql/rows');
const byPrefix = statement<ClaimLine>(import.meta.url, 'sql/claims-by-prefix');
const byName = statement<ClaimLine>(import.meta.url, 'sql/claims-by-name');

const toMap = (lines: readonly ClaimLine[]): ReadonlyMap<string, string> =>
  new Map(lines.map(({ name, actor_id }) => [name, actor_id]));

export class LogReader {
  readonly #pool: Queryable;
  readonly #heads: Gather<ActorKey, Head | undefined>;

  constructor(pool: Queryable) {
    this.#pool = pool;
    this.#heads = new Gather({ ask: (keys) => this.#readHeads(keys), atOnce: 2, most: 128 });
  }

  /** The newest row of each, undefined where there is none. What is asked in one tick is one statement. Throws `unavailable`. */
  heads(keys: readonly ActorKey[]): Promise<readonly (Head | undefined)[]> {
    return Promise.all(keys.map((key) => this.#heads.ask(key)));
  }

  /** Versions after `since`, oldest first, at most `limit`. */
  async rows(kind: string, actor: string, since = 0, limit = 1_000): Promise<readonly LogRow[]> {
    return (await rows.run(this.#pool, [kind, actor, since, limit])).map(logRow);
  }

  /** Claims whose names begin with one of `prefixes`: name → actor that holds it. */
  async claims(...prefixes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return toMap(await byPrefix.run(this.#pool, [prefixes]));
  }

  /** Of these names, those that are held: name → actor. */
  async holders(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return toMap(await byName.run(this.#pool, [names]));
  }

  async #readHeads(keys: readonly ActorKey[]): Promise<readonly (Head | undefined)[]> {
    const lines = await heads.run(this.#pool, [keys.map(({ kind }) => kind), keys.map(({ actor }) => actor)]);
    const found: (Head | undefined)[] = keys.map(() => undefined);
    for (const { i, version, command_id, after, state_version, quarantined } of lines)
      found[i - 1] = { version, commandId: command_id, after, stateVersion: state_version, quarantined };
    return found;
  }
}
