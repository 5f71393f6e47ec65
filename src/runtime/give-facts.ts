/**
 * The facts that the commands of one turn ask for, each asked once: those about other actors ride with the load, the rest
 * is fetched beside it. Invariant: nothing here rejects; a fact that is not to be had is the failure of the commands that
 * asked for it, not of their neighbours.
 */
import type { FactRequest } from './actor.ts';
import type { ActorFact, Facts } from './facts.ts';
import type { AnyDefinition } from './judge.ts';
import type { Pending } from './pending.ts';
import type { LoadReply, LoadRequest } from './ports.ts';

interface Wanted {
  readonly pending: Pending;
  readonly request: FactRequest;
}

interface Riding {
  readonly provider: ActorFact;
  readonly id: string;
  readonly by: Wanted[];
}

export class WantedFacts {
  readonly #facts: Facts;
  readonly #others: Wanted[] = [];
  /** By kind and id of the actor, in the order of the load's replies. */
  readonly #riding = new Map<string, Riding>();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** undefined: none of them asks for anything, as most commands do. */
  static of(facts: Facts, definition: AnyDefinition, batch: readonly Pending[]): WantedFacts | undefined {
    let wanted: WantedFacts | undefined;
    for (const pending of batch) {
      if (pending.factsTrue) continue;
      for (const request of facts.requestsOf(definition, pending)) {
        wanted ??= new WantedFacts(facts);
        wanted.#want({ pending, request });
      }
    }
    return wanted;
  }

  /** To be sent with the load. */
  get loads(): readonly LoadRequest[] {
    return [...this.#riding.values()].map(({ provider, id }) => ({ type: 'fact', kind: provider.kind, actor: id }));
  }

  /** undefined: there is nothing to wait for. */
  fetch(): Promise<unknown> | undefined {
    if (this.#others.length === 0) return undefined;
    return Promise.all(this.#others.map((wanted) => this.#give([wanted], this.#facts.truth(wanted.request))));
  }

  /** `loaded` = replies to `loads`; what Redis does not know is read from Postgres. undefined: it knew everything. */
  take(loaded: readonly LoadReply[]): Promise<unknown> | undefined {
    const cold: Promise<void>[] = [];
    let i = 0;
    for (const { provider, by } of this.#riding.values()) {
      const known = this.#facts.fromHot(provider, loaded[i++]);
      const [first] = by;
      if (known !== undefined) for (const { pending, request } of by) pending.know(request.fact, known);
      else if (first) cold.push(this.#give(by, this.#facts.truth(first.request)));
    }
    return cold.length === 0 ? undefined : Promise.all(cold);
  }

  #want(wanted: Wanted): void {
    const { request } = wanted;
    const provider = this.#facts.actorFact(request);
    if (provider === undefined) {
      this.#others.push(wanted);
      return;
    }
    const key = `${request.fact}:${request.id}`;
    const riding = this.#riding.get(key);
    if (riding) riding.by.push(wanted);
    else this.#riding.set(key, { provider, id: request.id, by: [wanted] });
  }

  async #give(by: readonly Wanted[], asked: Promise<unknown>): Promise<void> {
    try {
      const fact = await asked;
      for (const { pending, request } of by) pending.know(request.fact, fact);
    } catch (error) {
      for (const { pending } of by) pending.fail(error);
    }
  }
}
