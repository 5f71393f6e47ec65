/** What a turn asks of Redis and what it hands over: each item absolute, each answered for itself. */
import type { Addressee } from '../runtime/actor.ts';

export interface HotState {
  readonly version: number;
  readonly commandId: string;
  /** As it was handed over. */
  readonly json: string;
  readonly quarantined: boolean;
}

export type LoadRequest =
  | {
      readonly type: 'actor';
      readonly kind: string;
      readonly actor: string;
      /** Names this turn: a lease that holds it already is ours. */
      readonly token: string;
      readonly commandIds: readonly string[];
    }
  | { readonly type: 'fact'; readonly kind: string; readonly actor: string };

export type LoadReply =
  | {
      readonly type: 'actor';
      readonly lease: boolean;
      readonly state?: HotState;
      /** Remembered refusals, one per command id, in order. */
      readonly refusals: readonly (string | null)[];
    }
  | { readonly type: 'fact'; readonly state?: HotState; readonly slots: readonly number[] };

/** Replies in `FinishReply`, per type. */
export type FinishItem =
  | {
      /** → 'new' | 'old'. Newer wins; the lease goes in both cases, if it is still ours. */
      readonly type: 'state';
      readonly kind: string;
      readonly actor: string;
      /** null = no lease to give back. */
      readonly token: string | null;
      readonly version: number;
      readonly commandId: string;
      readonly json: string;
      /** Published on the actor's channel where the state is not old: first part, the state's JSON, second part. */
      readonly message: readonly [before: string, after: string] | null;
      readonly quarantined?: boolean;
    }
  | {
      /** → 'new' | 'old' | 'cold' (there is no such board: nothing was written). */
      readonly type: 'place';
      readonly board: string;
      readonly actor: string;
      readonly version: number;
      /** '' = not on this board (any more). */
      readonly lane: string;
      readonly recent: string;
      readonly urgent: string;
      /** JSON; '' when the lane is ''. */
      readonly card: string;
      /** By a rebuild: an equal version is written again, and nobody is told. */
      readonly load?: boolean;
    }
  | {
      /** → 'ok'. A hint that goes only if the slot still names this actor. */
      readonly type: 'held';
      readonly kind: string;
      readonly holder: string;
      readonly slot: number;
      readonly actor: string;
      readonly held: boolean;
    }
  /** → 'ok'. Told whoever listens now, nothing is kept; done twice, it is told twice. */
  | { readonly type: 'notice'; readonly to: Addressee; readonly message: string }
  | { readonly type: 'unlock'; readonly kind: string; readonly actor: string; readonly token: string }
  | {
      /** → the record that is remembered now: the first one of this command id. */
      readonly type: 'refusal';
      readonly kind: string;
      readonly actor: string;
      readonly commandId: string;
      readonly record: string;
    }
  /** → 'ok'. The state goes if it still has that version. */
  | { readonly type: 'forget'; readonly kind: string; readonly actor: string; readonly version: number }
  /** → 'ok'. Marks the state that is there, or lifts the mark; without a state Postgres knows. */
  | { readonly type: 'quarantine'; readonly kind: string; readonly actor: string; readonly quarantined: boolean };

export type PlaceItem = Extract<FinishItem, { type: 'place' }>;
export type ActorItem = Exclude<FinishItem, { type: 'place' }>;

/** 'new' | 'old' | 'cold' | 'ok', or the record of a refusal. */
export type FinishReply = string;
