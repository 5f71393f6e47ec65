/** A model of the machine around one order: claims as the log keeps them, jobs as the workers do, time as it passes. */
import type { PriceJob, TimerJob } from '../../actors/jobs.ts';
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import type { OrderFacts } from '../../actors/order/facts.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { type Decision, type Issuer, isRefusal, type NewJob } from '../../src/runtime/actor.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { ACTOR, COMMAND, context } from './given.ts';
import { BOOK, MODEL, SOLID, T0, worker } from './world.ts';

/** What was sent, and what came of it. */
export interface Sent {
  readonly command: OrderCommand;
  readonly as: Issuer;
  readonly before: OrderState | undefined;
  readonly decision: Decision<OrderEvent>;
}

/** Its shape is known already. */
export const OTHER_MODEL = { ...MODEL, id: 'd0000000-0000-4000-8000-000000000002', name: 'brooch.stl', facts: SOLID };

export class Floor {
  readonly rows: OrderLogRow[] = [];
  readonly claims = new Set<string>();
  readonly jobs = new Map<string, NewJob>();
  /** Operators at work, and where; the others are off shift. */
  readonly atWork = new Map<string, string>();
  now = T0;
  #sent = 0;
  #commandId = COMMAND;

  get state(): OrderState | undefined {
    return this.rows.at(-1)?.after;
  }

  get timers(): readonly (NewJob & { readonly payload: TimerJob; readonly due: string })[] {
    return [...this.jobs.values()].filter(({ kind }) => kind === 'timer') as never;
  }

  get priceJobs(): readonly (NewJob & { readonly payload: PriceJob })[] {
    return [...this.jobs.values()].filter(({ kind }) => kind === 'price') as never;
  }

  /** What would come of it. */
  judge(command: OrderCommand, as: Issuer): Decision<OrderEvent> {
    const commandId = this.#commandId;
    const asked = { ...context(this.now, { as, facts: this.#facts(command, as) }), commandId };
    return order.decide(this.state, command, { ...asked, id: (name) => uuid5(commandId, name) });
  }

  send(command: OrderCommand, as: Issuer): Sent {
    const before = this.state;
    const decision = this.judge(command, as);
    const sent = { command, as, before, decision };
    if (isRefusal(decision)) {
      // A job that is told no is obsolete.
      if ('job' in command && as.role === 'system') this.jobs.delete(command.job);
      return sent;
    }
    if (decision.events.length > 0) this.#append(decision.events, as);
    for (const name of decision.frees ?? []) if (!this.claims.delete(name)) throw new Error(`freed, not held: ${name}`);
    for (const name of decision.takes ?? []) {
      if (this.claims.has(name)) throw new Error(`taken twice: ${name}`);
      this.claims.add(name);
    }
    for (const job of decision.jobs ?? []) this.jobs.set(job.id, job);
    for (const id of decision.done ?? []) this.jobs.delete(id);
    this.#commandId = uuid5(COMMAND, String(++this.#sent));
    return sent;
  }

  /** The same floor again, to try something. */
  copy(): Floor {
    const copy = new Floor();
    copy.rows.push(...this.rows);
    for (const name of this.claims) copy.claims.add(name);
    for (const [id, job] of this.jobs) copy.jobs.set(id, job);
    for (const [id, site] of this.atWork) copy.atWork.set(id, site);
    copy.now = this.now;
    copy.#sent = this.#sent;
    copy.#commandId = this.#commandId;
    return copy;
  }

  #facts(command: OrderCommand, as: Issuer): Partial<OrderFacts> {
    const about = 'to' in command ? command.to : 'operator' in command ? command.operator : as.id;
    const prefix = `slot:${about}:`;
    const slots = [...this.claims].filter((name) => name.startsWith(prefix)).map((name) => Number(name.split(':')[2]));
    const site = this.atWork.get(about);
    const state = worker(about, { limit: 2, onShift: site !== undefined, site: site ?? as.site ?? 'north' });
    const model = [MODEL, OTHER_MODEL].find(({ id }) => 'model' in command && command.model === id);
    return { tariffs: BOOK, number: '42', operator: { state, slots }, ...(model ? { model } : {}) };
  }

  #append(events: readonly OrderEvent[], issuer: Issuer): void {
    const before = this.state;
    const version = this.rows.length + 1;
    const at = new Date(this.now).toISOString();
    const after = events.reduce<OrderState | undefined>(
      (state, event) => order.evolve(state, event, { actor: ACTOR, version, at }),
      before,
    );
    if (after === undefined) throw new Error('events without a state');
    this.rows.push({
      kind: 'order',
      actor: ACTOR,
      version,
      commandId: this.#commandId,
      issuer,
      at,
      events,
      after,
      stateVersion: order.stateVersion,
      was: order.was(before),
      trace: null,
    });
  }
}
