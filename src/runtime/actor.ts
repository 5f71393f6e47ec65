/**
 * What an actor is: the types between the business (`actors/`) and the machine (`src/`). Imports nothing.
 *
 * An actor is `kind + id`, a state and two pure functions, `decide` and `evolve`. One accepted command = one row of
 * the log; the row alone decides, everything else (state in Redis, boards, lists) is a projection of rows.
 */

/** Who sends a command. `roles` are all roles of the principal, `role` the one under which this command is sent. */
export interface Issuer {
  readonly role: string;
  readonly roles: readonly string[];
  /** Person, partner or, for role `system`, the job or duty that acts. */
  readonly id: string;
  /** Key space of the caller: `house` for our own users, the partner's id for partners, `system` for jobs. */
  readonly tenant: string;
  readonly site?: string;
}

/** A job that an append creates (§ work): looked at from `due` on. `share` = the partner it counts against. */
export interface NewJob {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  /** RFC 3339; absent = at once. */
  readonly due?: string;
  readonly share?: string;
}

/** A *no* with a stable code: a value, never thrown. `restsOnFacts`: a fact may be stale, look at the truth first. */
export interface Refusal {
  readonly refused: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly restsOnFacts?: boolean;
}

/** What an accepted command does. No events = accepted without effect (nothing is appended, no new version). */
export interface Emission<E> {
  readonly events: readonly E[];
  /** Unique names to take / give back in the same statement; a row never frees and takes the same name. */
  readonly takes?: readonly string[];
  readonly frees?: readonly string[];
  readonly jobs?: readonly NewJob[];
  /** Ids of jobs that this append finishes. */
  readonly done?: readonly string[];
}

export type Decision<E> = Refusal | Emission<E>;

export interface Context<F> {
  /** Server time, milliseconds since 1970. */
  readonly now: number;
  /** The same time, RFC 3339 UTC. */
  readonly at: string;
  readonly issuer: Issuer;
  readonly actor: string;
  readonly commandId: string;
  /** Fresh, repeatable id: UUIDv5(commandId, name). */
  id(name: string): string;
  /** What the command table declared, as far as it was found. */
  readonly facts: Partial<F>;
  /** Claims that an earlier attempt of this command found taken: name → the actor that holds it. */
  readonly taken: ReadonlyMap<string, string>;
}

/** A fact that a command needs: which provider, about whom. */
export interface FactRequest {
  readonly fact: string;
  readonly id: string;
}

/** One accepted command, as the log holds it and as every projection gets it. */
export interface LogRow<S = unknown, E = unknown> {
  readonly kind: string;
  readonly actor: string;
  readonly version: number;
  readonly commandId: string;
  readonly issuer: Issuer;
  /** RFC 3339 UTC, milliseconds. */
  readonly at: string;
  readonly events: readonly E[];
  readonly after: S;
  readonly stateVersion: number;
  /** What projections need of the state before (site, lane, holder); null for version 1. */
  readonly was: unknown;
  readonly trace: string | null;
}

/** Absolute place of an actor on one board; lane null = not here. Keys sort as text, fixed width. */
export interface BoardPlace {
  readonly board: string;
  readonly lane: string | null;
  readonly recent: string;
  readonly urgent: string;
  /** JSON-able card, null when lane is null. */
  readonly card: unknown;
}

/** A hint (never the truth: that is the claim) about a numbered name that an actor holds for somebody. */
export interface HeldHint {
  /** Kind and id of the actor for whom it is held, e.g. operator:<id>. */
  readonly kind: string;
  readonly holder: string;
  readonly slot: number;
  /** true = this actor holds that slot now; false = it does not any more. */
  readonly held: boolean;
}

/** Persons who are told of a row if they are there now: one, or all of a role at a site. */
export type Addressee = { readonly person: string } | { readonly role: string; readonly site: string };

/** Told at once and kept nowhere: may be lost, and may be told again while the row is mended into Redis. */
export interface Notice {
  readonly to: Addressee;
  readonly kind: string;
  /** Until when an answer is wanted, RFC 3339. */
  readonly deadline?: string;
}

/** What one row changes in the hot views: absolute, guarded by the row's version. */
export interface HotProjection {
  readonly places: readonly BoardPlace[];
  readonly held: readonly HeldHint[];
  /**
   * Published on the actor's channel, with the row's state beside it as `state: [stateVersion, state]`; null = nobody can
   * watch this kind.
   */
  readonly message: object | null;
  readonly notices: readonly Notice[];
}

export interface ActorDefinition<
  S,
  C extends { readonly type: string },
  E extends { readonly type: string },
  F = object,
> {
  readonly kind: string;
  /** Raised when the shape of the state changes; `upcast` mends older ones. */
  readonly stateVersion: number;
  /** Commands that may be the first of an actor: no look-up when Redis does not know it. */
  readonly creates: readonly C['type'][];
  /** May refuse; never mutates, awaits, reads a clock or draws a random number. */
  decide(state: S | undefined, command: C, context: Context<F>): Decision<E>;
  /** Total: a recorded fact cannot be refused. */
  evolve(
    state: S | undefined,
    event: E,
    meta: { readonly actor: string; readonly version: number; readonly at: string },
  ): S;
  /** false → the caller is answered as if the actor did not exist. */
  sees(state: S, issuer: Issuer): boolean;
  factsFor(command: C, issuer: Issuer): readonly FactRequest[];
  was(state: S | undefined): unknown;
  upcast(state: unknown, stateVersion: number): S;
  upcastEvent(event: unknown, stateVersion: number): E;
  project(row: LogRow<S, E>): HotProjection;
}

/** A command on its way to its actor. */
export interface Envelope<C = { readonly type: string }> {
  readonly kind: string;
  readonly actor: string;
  readonly commandId: string;
  /** Keyed hash over issuer, actor, type and fields: tells a repeat from a reused key. */
  readonly hash: string;
  readonly issuer: Issuer;
  readonly command: C;
  /** false: sent without a key, so nobody can repeat it and its refusal need not be remembered. */
  readonly repeatable: boolean;
  readonly expectedVersion?: number;
  /** W3C traceparent. */
  readonly trace?: string;
}

/** The answer to a command. `replay`: this very answer was given before. */
export type Answer<S = unknown> =
  | { readonly ok: true; readonly version: number; readonly state: S; readonly replay: boolean }
  | {
      readonly ok: false;
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly replay: boolean;
      /** The actor as it was when it refused, where the caller may see it. */
      readonly version?: number;
      readonly state?: S;
    };

export const isRefusal = <E>(decision: Decision<E>): decision is Refusal => 'refused' in decision;
export const refuse = (code: string, details: Readonly<Record<string, unknown>> = {}): Refusal => ({
  refused: code,
  details,
});
/** A refusal that rests on facts: asked again on the true facts before it is answered. */
export const refuseOnFacts = (code: string, details: Readonly<Record<string, unknown>> = {}): Refusal => ({
  refused: code,
  details,
  restsOnFacts: true,
});
