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

interface VersionLine {
  readonly i: number;
  readonly version: number;
}

type RowLine = StoredRow & { readonly i: number };

/** Rows of one actor after a version. */
interface RowsAfter extends ActorKey {
  readonly since: number;
  readonly limit: number;
}

const heads = statement<HeadLine>(import.meta.url, 'sql/heads');
const newestVersions = statement<VersionLine>(import.meta.url, 'sql/versions');
const rowsAfter = statement<RowLine>(import.meta.url, 'sql/rows');
const byPrefix = statement<ClaimLine>(import.meta.url, 'sql/claims-by-prefix');
const byName = statement<ClaimLine>(import.meta.url, 'sql/claims-by-name');

const toMap = (lines: readonly ClaimLine[]): ReadonlyMap<string, string> =>
  new Map(lines.map(({ name, actor_id }) => [name, actor_id]));

const nameOf = ({ kind, actor }: ActorKey): string => `${kind} ${actor}`;

const sideBySide = (keys: readonly ActorKey[]): [string[], string[]] => [
  keys.map(({ kind }) => kind),
  keys.map(({ actor }) => actor),
];

export class LogReader {
  readonly #pool: Queryable;
  readonly #heads: Gather<ActorKey, Head | undefined>;
  readonly #versions: Gather<ActorKey, number>;
  readonly #rows: Gather<RowsAfter, readonly LogRow[]>;

  constructor(pool: Queryable) {
    this.#pool = pool;
    this.#heads = new Gather({ ask: (keys) => this.#readHeads(keys), nameOf, atOnce: 2, most: 128 });
    this.#versions = new Gather({ ask: (keys) => this.#readVersions(keys), nameOf, atOnce: 1, most: 500 });
    this.#rows = new Gather({
      ask: (asked) => this.#readRows(asked),
      nameOf: (asked) => `${nameOf(asked)} ${asked.since} ${asked.limit}`,
      atOnce: 2,
      most: 32,
    });
  }

  /** The newest row of each, undefined where there is none. What is asked in one tick is one statement. Throws `unavailable`. */
  heads(keys: readonly ActorKey[]): Promise<readonly (Head | undefined)[]> {
    return Promise.all(keys.map((key) => this.#heads.ask(key)));
  }

  /** Newest version of each, 0 where there is none. Throws `unavailable`. */
  versions(keys: readonly ActorKey[]): Promise<readonly number[]> {
    return Promise.all(keys.map((key) => this.#versions.ask(key)));
  }

  /**
   * Versions after `since`, oldest first, at most `limit`. Whoever asks the same in one tick gets the same list, of one
   * statement. Throws `unavailable`.
   */
  rows(kind: string, actor: string, since = 0, limit = 1_000): Promise<readonly LogRow[]> {
    return this.#rows.ask({ kind, actor, since, limit });
  }

  /** Claims whose names begin with one of `prefixes`: name → actor that holds it. */
  async claims(...prefixes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return toMap(await byPrefix.run(this.#pool, [prefixes]));
  }

  /** Of these names, those that are held: name → actor. */
  async holders(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return toMap(await byName.run(this.#pool, [names]));
  }

  async #readVersions(keys: readonly ActorKey[]): Promise<readonly number[]> {
    const lines = await newestVersions.run(this.#pool, sideBySide(keys));
    const found = keys.map(() => 0);
    for (const { i, version } of lines) found[i - 1] = version;
    return found;
  }

  async #readRows(asked: readonly RowsAfter[]): Promise<readonly (readonly LogRow[])[]> {
    const [since, limit] = [asked.map((one) => one.since), asked.map((one) => one.limit)];
    const lines = await rowsAfter.run(this.#pool, [...sideBySide(asked), since, limit]);
    const found: LogRow[][] = asked.map(() => []);
    for (const line of lines) found[line.i - 1]?.push(logRow(line));
    return found.map((rows) => rows.sort((a, b) => a.version - b.version));
  }

  async #readHeads(keys: readonly ActorKey[]): Promise<readonly (Head | undefined)[]> {
    const lines = await heads.run(this.#pool, sideBySide(keys));
    const found: (Head | undefined)[] = keys.map(() => undefined);
    for (const { i, version, command_id, after, state_version, quarantined } of lines)
      found[i - 1] = { version, commandId: command_id, after, stateVersion: state_version, quarantined };
    return found;
  }
}
