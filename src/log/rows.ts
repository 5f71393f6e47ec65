/**
 * The shapes of the log: a row on its way in, what became of it, and a row as it is read.
 * One accepted command = one row; versions of an actor are 1, 2, 3 … without gaps.
 */
import type { Issuer, LogRow, NewJob } from '../runtime/actor.ts';

export interface ActorKey {
  readonly kind: string;
  readonly actor: string;
}

export interface NewRow extends ActorKey {
  readonly version: number;
  /** Command id of the version before, on which this one was decided; null for version 1. */
  readonly base: string | null;
  readonly commandId: string;
  /** Keyed hash of the command: tells a repeat from a reused id. */
  readonly hash: string;
  readonly issuer: Issuer;
  /** RFC 3339 UTC, milliseconds. */
  readonly at: string;
  readonly events: readonly unknown[];
  readonly after: unknown;
  /** `after` as JSON, where it was written already: the log and Redis take the same text. */
  readonly afterText?: string;
  readonly stateVersion: number;
  readonly was: unknown;
  readonly trace: string | null;
  /** Names to take and to give back; no name is in both. */
  readonly takes: readonly string[];
  readonly frees: readonly string[];
  readonly jobs: readonly NewJob[];
  readonly done: readonly string[];
}

/** A row that stands in the log under a command id somebody asks about. */
export interface StoredCommand {
  readonly version: number;
  readonly hash: string;
  readonly after: unknown;
  readonly stateVersion: number;
}

/** `own`: this very row, committed by an attempt of ours whose answer was lost. */
export interface Mine extends StoredCommand {
  readonly result: 'mine';
  readonly own: boolean;
}

/** `lost`: another row has the version, or the predecessor is not the base. `held`: name → actor that holds it. */
export type Appended =
  | { readonly result: 'won' }
  | Mine
  | { readonly result: 'lost' }
  | { readonly result: 'claim'; readonly held: ReadonlyMap<string, string> };

/** The newest row of an actor. */
export interface Head {
  readonly version: number;
  readonly commandId: string;
  readonly after: unknown;
  readonly stateVersion: number;
  readonly quarantined: boolean;
}

/** A place in the feed: the last row that was read. `xid` and `seq` are 64-bit numbers, as text. */
export interface FeedCursor {
  readonly era: number;
  readonly xid: string;
  readonly seq: string;
}

export interface FeedRow extends LogRow, FeedCursor {}

/** As pg gives the columns of a row of the log. */
export interface StoredRow {
  readonly kind: string;
  readonly actor_id: string;
  readonly version: number;
  readonly command_id: string;
  readonly issuer: Issuer;
  readonly at: Date;
  readonly events: readonly unknown[];
  readonly after: unknown;
  readonly state_version: number;
  readonly was: unknown;
  readonly trace: string | null;
}

export const logRow = (row: StoredRow): LogRow => ({
  kind: row.kind,
  actor: row.actor_id,
  version: row.version,
  commandId: row.command_id,
  issuer: row.issuer,
  at: row.at.toISOString(),
  events: row.events,
  after: row.after,
  stateVersion: row.state_version,
  was: row.was,
  trace: row.trace,
});
