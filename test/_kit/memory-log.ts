/** The log and Redis as the runtime sees them, in memory: for tests of the turn alone. */

import type { FinishItem, FinishReply, HotState, LoadReply, LoadRequest } from '../../src/hot/items.ts';
import type { ActorKey, Appended, Head, NewRow } from '../../src/log/rows.ts';
import type { HotPort, LogPort } from '../../src/runtime/ports.ts';

const keyOf = ({ kind, actor }: ActorKey): string => `${kind}:${actor}`;

export class MemoryLog implements LogPort {
  readonly rows: NewRow[] = [];
  readonly held = new Map<string, string>();
  readonly quarantined = new Set<string>();
  confirms = 0;
  /** Thrown by every call while set. */
  away: Error | undefined;
  /** Called before a row is tried: lets a test put another row first. */
  before: ((row: NewRow) => void) | undefined;

  of(key: ActorKey): NewRow[] {
    return this.rows.filter((row) => keyOf(row) === keyOf(key));
  }

  async append(row: NewRow): Promise<Appended> {
    await this.#reach();
    this.before?.(row);
    return this.put(row);
  }

  put(row: NewRow): Appended {
    const log = this.of(row);
    const mine = log.find((r) => r.commandId === row.commandId);
    if (mine) return { result: 'mine', own: false, ...stored(mine) };
    const head = log.at(-1);
    if ((head?.version ?? 0) !== row.version - 1 || (head?.commandId ?? null) !== row.base) return { result: 'lost' };
    const taken = row.takes.filter((name) => this.held.has(name));
    if (taken.length > 0) return { result: 'claim', held: new Map(taken.map((name) => [name, this.held.get(name)!])) };
    for (const name of row.frees) this.held.delete(name);
    for (const name of row.takes) this.held.set(name, row.actor);
    this.rows.push(structuredClone(row));
    return { result: 'won' };
  }

  async heads(keys: readonly ActorKey[]): Promise<(Head | undefined)[]> {
    await this.#reach();
    return keys.map((key) => {
      const row = this.of(key).at(-1);
      return row && { ...stored(row), commandId: row.commandId, quarantined: this.quarantined.has(keyOf(key)) };
    });
  }

  async confirm({ version, ids, ...key }: ActorKey & { version: number; ids: readonly string[] }) {
    await this.#reach();
    this.confirms += 1;
    const log = this.of(key);
    const [head] = await this.heads([key]);
    return {
      version: head?.version ?? 0,
      commandId: head?.commandId ?? null,
      head: head?.version === version ? undefined : head,
      mine: new Map(log.filter((row) => ids.includes(row.commandId)).map((row) => [row.commandId, stored(row)])),
      quarantined: this.quarantined.has(keyOf(key)),
    };
  }

  async claims(prefix: string): Promise<Map<string, string>> {
    await this.#reach();
    return new Map([...this.held].filter(([name]) => name.startsWith(prefix)));
  }

  async #reach(): Promise<void> {
    await Promise.resolve();
    if (this.away) throw this.away;
  }
}

const stored = ({ version, hash, after, stateVersion }: NewRow) =>
  structuredClone({ version, hash, after, stateVersion });

export class MemoryHot implements HotPort {
  readonly states = new Map<string, HotState>();
  readonly leases = new Map<string, string>();
  readonly refusals = new Map<string, string>();
  readonly slots = new Map<string, Map<number, string>>();
  away: Error | undefined;
  loads = 0;
  /** While set, `finish` never answers. */
  silent = false;

  async load(requests: readonly LoadRequest[]): Promise<LoadReply[]> {
    this.loads += 1;
    await this.#reach();
    return requests.map((request): LoadReply => {
      const key = keyOf(request);
      const state = this.states.get(key);
      if (request.type === 'fact') {
        return { type: 'fact', slots: [...(this.slots.get(key)?.keys() ?? [])], ...(state && { state }) };
      }
      const holder = this.leases.get(key) ?? request.token;
      this.leases.set(key, holder);
      const refusals = request.commandIds.map((id) => this.refusals.get(`${key}:${id}`) ?? null);
      return { type: 'actor', lease: holder === request.token, refusals, ...(state && { state }) };
    });
  }

  async finish(items: readonly FinishItem[]): Promise<FinishReply[]> {
    await this.#reach();
    if (this.silent) await new Promise(() => undefined);
    return items.map((item) => this.#finish(item));
  }

  async read(keys: readonly ActorKey[]): Promise<(HotState | undefined)[]> {
    await this.#reach();
    return keys.map((key) => this.states.get(keyOf(key)));
  }

  #finish(item: FinishItem): FinishReply {
    switch (item.type) {
      case 'state': {
        const { version, commandId, json } = item;
        this.#unlock(keyOf(item), item.token);
        if (version <= (this.states.get(keyOf(item))?.version ?? 0)) return 'old';
        this.states.set(keyOf(item), { version, commandId, json, quarantined: item.quarantined === true });
        return 'new';
      }
      case 'held': {
        const key = `${item.kind}:${item.holder}`;
        const slots = this.slots.get(key) ?? new Map<number, string>();
        this.slots.set(key, slots);
        if (item.held) slots.set(item.slot, item.actor);
        else if (slots.get(item.slot) === item.actor) slots.delete(item.slot);
        return 'ok';
      }
      case 'unlock':
        this.#unlock(keyOf(item), item.token);
        return 'ok';
      case 'refusal': {
        const key = `${keyOf(item)}:${item.commandId}`;
        const kept = this.refusals.get(key) ?? item.record;
        this.refusals.set(key, kept);
        return kept;
      }
      case 'forget':
        if (this.states.get(keyOf(item))?.version === item.version) this.states.delete(keyOf(item));
        return 'ok';
      default:
        return 'cold';
    }
  }

  #unlock(key: string, token: string | null): void {
    if (token !== null && this.leases.get(key) === token) this.leases.delete(key);
  }

  async #reach(): Promise<void> {
    await Promise.resolve();
    if (this.away) throw this.away;
  }
}
