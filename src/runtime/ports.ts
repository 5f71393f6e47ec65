/**
 * What the runtime needs of the log and of Redis, as types: `src/log` and `src/hot` provide it, tests may lend stand-ins.
 */
import type { FinishItem, HotState, LoadReply, LoadRequest } from '../hot/items.ts';
import type { ActorKey, Appended, Head, NewRow, StoredCommand } from '../log/rows.ts';

/** Of one moment: the newest row (0 and null = none), and which of the ids stand in that actor's log. */
export interface Confirmed {
  readonly version: number;
  readonly commandId: string | null;
  /** There only where its version is not the one asked about. */
  readonly head: Head | undefined;
  readonly mine: ReadonlyMap<string, StoredCommand>;
  readonly quarantined: boolean;
}

export interface LogPort {
  append(row: NewRow): Promise<Appended>;
  heads(keys: readonly ActorKey[]): Promise<readonly (Head | undefined)[]>;
  confirm(question: ActorKey & { readonly version: number; readonly ids: readonly string[] }): Promise<Confirmed>;
  /** Claims whose names begin with `prefix`: name → actor. */
  claims(prefix: string): Promise<ReadonlyMap<string, string>>;
}

export interface HotPort {
  load(requests: readonly LoadRequest[]): Promise<readonly LoadReply[]>;
  finish(items: readonly FinishItem[]): Promise<readonly string[]>;
  read(keys: readonly ActorKey[]): Promise<readonly (HotState | undefined)[]>;
}

export type { ActorKey, Appended, FinishItem, Head, HotState, LoadReply, LoadRequest, NewRow, StoredCommand };
