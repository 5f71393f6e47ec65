/**
 * Facts: what a guard needs from elsewhere. They are advisory and may be stale; what must be hard is a claim.
 *
 * F1 Facts about another actor ride in the load script of the same tick: no cache of the process stands between
 *    `start-shift` and the `capture` after it.
 * F2 A refusal that rests on facts is decided again on the true facts (Postgres) before it is answered.
 */
import { unavailable } from '../errors.ts';
import { orUnavailable } from '../log/or-unavailable.ts';
import type { FactRequest } from './actor.ts';
import type { AnyDefinition } from './judge.ts';
import { unpack } from './packed.ts';
import type { Pending } from './pending.ts';
import type { FinishItem, Head, HotPort, LoadReply, LogPort } from './ports.ts';

/** A fact that is the state of another actor, with the numbers of the claims held for it. */
export interface ActorFact {
  readonly kind: string;
  /** Claims are named `<prefix><number>`. */
  claimPrefix(id: string): string;
  shape(state: unknown, slots: readonly number[]): unknown;
}

/** A fact fetched from anywhere else; undefined = there is none. */
export type FetchedFact = (id: string) => Promise<unknown>;

export type FactProviders = Readonly<Record<string, ActorFact | FetchedFact>>;

export class Facts {
  readonly #providers: FactProviders;
  readonly #definitions: ReadonlyMap<string, AnyDefinition>;
  readonly #log: LogPort;
  readonly #hot: HotPort;

  constructor(providers: FactProviders, definitions: ReadonlyMap<string, AnyDefinition>, log: LogPort, hot: HotPort) {
    this.#providers = providers;
    this.#definitions = definitions;
    this.#log = log;
    this.#hot = hot;
  }

  requestsOf(definition: AnyDefinition, pending: Pending): readonly FactRequest[] {
    return definition.factsFor(pending.envelope.command, pending.envelope.issuer);
  }

  /** The provider, if this fact is the state of another actor and so rides with the load. */
  actorFact(request: FactRequest): ActorFact | undefined {
    const provider = this.#provider(request.fact);
    return typeof provider === 'function' ? undefined : provider;
  }

  /** The fact as Redis has it, or undefined if Redis does not know that actor. */
  fromHot(provider: ActorFact, reply: LoadReply | undefined): unknown {
    if (reply?.type !== 'fact' || reply.state === undefined) return undefined;
    const state = unpack(this.#definition(provider.kind), reply.state.json);
    return state === undefined ? undefined : provider.shape(state, reply.slots);
  }

  /** The fact as it truly is. Throws `unavailable` where it can't be had. */
  truth(request: FactRequest): Promise<unknown> {
    const provider = this.#provider(request.fact);
    return orUnavailable(typeof provider === 'function' ? provider(request.id) : this.#ofActor(provider, request.id));
  }

  /** A state found in Postgres is left in Redis for the next one who asks. */
  async #ofActor(provider: ActorFact, id: string): Promise<unknown> {
    const prefix = provider.claimPrefix(id);
    const [heads, claims] = await Promise.all([
      this.#log.heads([{ kind: provider.kind, actor: id }]),
      this.#log.claims(prefix),
    ]);
    const head = heads[0];
    if (head === undefined) return undefined;
    const slots = [...claims].map(([name, holder]) => ({ slot: Number(name.slice(prefix.length)), holder }));
    this.#warm(provider.kind, id, head, slots);
    const definition = this.#definition(provider.kind);
    return provider.shape(
      definition.upcast(head.after, head.stateVersion),
      slots.map(({ slot }) => slot),
    );
  }

  #warm(kind: string, id: string, head: Head, slots: readonly { slot: number; holder: string }[]): void {
    const items: FinishItem[] = slots.map(({ slot, holder }) => ({
      type: 'held',
      kind,
      holder: id,
      slot,
      actor: holder,
      held: true,
    }));
    const json = JSON.stringify([head.stateVersion, head.after]);
    items.push({
      type: 'state',
      kind,
      actor: id,
      token: null,
      version: head.version,
      commandId: head.commandId,
      json,
      quarantined: head.quarantined,
      message: null,
    });
    this.#hot.finish(items).catch(() => {
      // Redis is away: the next one reads Postgres too.
    });
  }

  #provider(fact: string): ActorFact | FetchedFact {
    const provider = this.#providers[fact];
    if (provider === undefined) throw unavailable(`provider of fact ${fact}`);
    return provider;
  }

  #definition(kind: string): AnyDefinition {
    const definition = this.#definitions.get(kind);
    if (definition === undefined) throw unavailable(`actor kind ${kind}`);
    return definition;
  }
}
