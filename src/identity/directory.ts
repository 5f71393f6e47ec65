/**
 * Names of the staff by id, kept in this process: states and cards carry ids, edges add names. A name not known yet is
 * fetched before an answer is rendered (`know`); a changed one shows within REFRESH_MS.
 */
import { Tick } from '../hot/tick.ts';
import { type Queryable, statement } from '../log/statement.ts';
import { ask } from './ask.ts';
import { BoundedMap } from './bounded-map.ts';

const REFRESH_MS = 60_000;
/** Somebody who is not of the staff is looked for again after this. */
const UNKNOWN_MS = 5_000;
const MOST = 50_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Entry {
  readonly name: string | undefined;
  readonly freshUntil: number;
}

const sqlNames = statement<{ id: string; name: string }>(import.meta.url, 'sql/staff-names');

export class Directory {
  readonly #pool: Queryable;
  readonly #staff: readonly string[];
  readonly #entries = new BoundedMap<string, Entry>(MOST);
  readonly #asked: Tick<string, undefined>;

  /** `staff`: the roles whose names may be shown. */
  constructor(pool: Queryable, staff: readonly string[]) {
    this.#pool = pool;
    this.#staff = staff;
    this.#asked = new Tick({ mostItems: 500, mostSize: 500, size: () => 1, run: (ids) => this.#read(ids) });
  }

  /** At once, from what is known. */
  readonly nameOf = (id: string): string | undefined => {
    const entry = this.#entries.get(id);
    if (entry !== undefined && entry.freshUntil < Date.now()) this.#refresh(id, entry);
    return entry?.name;
  };

  /** Looks up those of `ids` that are not known. Postgres away: they stay without a name. */
  async know(ids: readonly string[]): Promise<void> {
    const now = Date.now();
    const unknown = ids.filter((id) => {
      if (!UUID.test(id)) return false; // a job or a duty
      const entry = this.#entries.get(id);
      return entry === undefined || (entry.name === undefined && entry.freshUntil < now);
    });
    if (unknown.length > 0) await Promise.all(unknown.map((id) => this.#asked.add(id).catch(() => undefined)));
  }

  /** Whoever signs in here is known here. */
  learn(person: { readonly id: string; readonly name: string; readonly roles: readonly string[] }): void {
    if (!person.roles.some((role) => this.#staff.includes(role))) return;
    this.#entries.set(person.id, { name: person.name, freshUntil: Date.now() + REFRESH_MS });
  }

  #refresh(id: string, entry: Entry): void {
    this.#entries.set(id, { ...entry, freshUntil: Date.now() + REFRESH_MS }); // one asks, not all
    this.#asked.add(id).catch(() => undefined);
  }

  async #read(ids: readonly string[]): Promise<readonly undefined[]> {
    const rows = await ask(this.#pool, sqlNames, [ids, this.#staff]);
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    const now = Date.now();
    for (const id of ids) {
      const name = names.get(id);
      this.#entries.set(id, { name, freshUntil: now + (name === undefined ? UNKNOWN_MS : REFRESH_MS) });
    }
    return ids.map(() => undefined);
  }
}
