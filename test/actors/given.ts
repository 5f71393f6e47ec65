/** given(actor, ...events).when(command, {as}).then(...events) or .thenRefused(code): a decision as a sentence. */
import * as assert from 'uvu/assert';
import { type ActorDefinition, type Context, type Emission, type Issuer, isRefusal } from '../../src/runtime/actor.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';
import { T0 } from './world.ts';

export interface Circumstances<F> {
  readonly as: Issuer;
  readonly facts?: Partial<F>;
  /** Milliseconds after T0; T0 is when the first event happened, each further one a minute later. */
  readonly after?: number;
  readonly taken?: Readonly<Record<string, string>>;
}

export interface Outcome<S, E> {
  /** Exactly these events (none = accepted without effect). */
  then(...events: readonly E[]): Accepted<S, E>;
  thenRefused(code: string, details?: Readonly<Record<string, unknown>>): { readonly restsOnFacts: boolean };
}

export interface Accepted<S, E> {
  readonly emission: Required<Emission<E>>;
  readonly state: S;
}

export const ACTOR = '0d000000-0000-5000-8000-000000000001';
export const COMMAND = uuid5(NAMESPACE.command, 'a command of a test');
export const MINUTE = 60_000;

export function fold<S, C extends { readonly type: string }, E extends { readonly type: string }, F>(
  actor: ActorDefinition<S, C, E, F>,
  events: readonly E[],
): S | undefined {
  return events.reduce<S | undefined>(
    (state, event, n) => actor.evolve(state, event, { actor: ACTOR, version: n + 1, at: atMinute(n) }),
    undefined,
  );
}

export const atMinute = (n: number): string => new Date(T0 + n * MINUTE).toISOString();

export function context<F>(now: number, circumstances: Circumstances<F>): Context<F> {
  return {
    now,
    at: new Date(now).toISOString(),
    issuer: circumstances.as,
    actor: ACTOR,
    commandId: COMMAND,
    id: (name) => uuid5(COMMAND, name),
    facts: circumstances.facts ?? {},
    taken: new Map(Object.entries(circumstances.taken ?? {})),
  };
}

export const given = <S, C extends { readonly type: string }, E extends { readonly type: string }, F>(
  actor: ActorDefinition<S, C, E, F>,
  ...events: readonly E[]
) => ({
  /** The state that these events lead to. */
  get state(): S {
    const state = fold(actor, events);
    if (state === undefined) throw new Error('nothing was given');
    return state;
  },
  when(command: C, circumstances: Circumstances<F>): Outcome<S, E> {
    const before = fold(actor, events);
    const copy = structuredClone(before);
    const now = T0 + (circumstances.after ?? events.length * MINUTE);
    const decision = actor.decide(before, command, context(now, circumstances));
    assert.equal(before, copy, 'decide must not mutate the state');
    return {
      // biome-ignore lint/suspicious/noThenProperty: given-when-then; nobody awaits an outcome
      then(...expected) {
        if (isRefusal(decision)) throw new Error(`refused: ${decision.refused} ${JSON.stringify(decision.details)}`);
        assert.equal(decision.events, expected);
        const meta = { actor: ACTOR, version: events.length + 1, at: new Date(now).toISOString() };
        const state = decision.events.reduce<S | undefined>((s, event) => actor.evolve(s, event, meta), before);
        assert.equal(before, copy, 'evolve must not mutate the state');
        return {
          emission: { takes: [], frees: [], jobs: [], done: [], ...decision },
          state: state as S,
        };
      },
      thenRefused(code, details) {
        if (!isRefusal(decision)) throw new Error(`accepted: ${JSON.stringify(decision.events)}`);
        assert.is(decision.refused, code);
        if (details !== undefined) assert.equal(decision.details, details);
        return { restsOnFacts: decision.restsOnFacts ?? false };
      },
    };
  },
});
