/**
 * What the runtime needs of the log and of Redis, as types: `src/log` and `src/hot` provide it, tests may lend stand-ins.
 */
import type { FinishItem, HotState, LoadReply, LoadRequest } from '../hot/items.ts';
import type { Confirmed, Question } from '../log/confirm.ts';
import type { ActorKey, Appended, Head, NewRow, StoredCommand } from '../log/rows.ts';

export interface LogPort {
  append(row: NewRow): Promise<Appended>;
  heads(keys: readonly ActorKey[]): Promise<readonly (Head | undefined)[]>;
  confirm(question: Question): Promise<Confirmed>;
  /** Claims whose names begin with `prefix`: name → actor. */
  claims(prefix: string): Promise<ReadonlyMap<string, string>>;
}

export interface HotPort {
  load(requests: readonly LoadRequest[]): Promise<readonly LoadReply[]>;
  finish(items: readonly FinishItem[]): Promise<readonly string[]>;
  read(keys: readonly ActorKey[]): Promise<readonly (HotState | undefined)[]>;
}

export type {
  ActorKey,
  Appended,
  Confirmed,
  FinishItem,
  Head,
  HotState,
  LoadReply,
  LoadRequest,
  NewRow,
  StoredCommand,
};
