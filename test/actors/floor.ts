/** A model of the machine around one order: it sends random commands to it and keeps the claims, as the log would. */
import fc from 'fast-check';
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderEvent } from '../../actors/order/events.ts';
import type { OrderFacts } from '../../actors/order/facts.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { type Decision, type Issuer, isRefusal } from '../../src/runtime/actor.ts';
import { uuid5 } from '../../src/uuid5.ts';
import { ACTOR, COMMAND, context } from './given.ts';
import { BO, BOOK, BOSS, CRM, MODEL, OLGA, OTTO, SETTINGS, SOLID, SYSTEM, T0, worker } from './world.ts';

export interface Step {
  readonly command: OrderCommand;
  readonly as: Issuer;
  /** Time since the step before, milliseconds. */
  readonly waitMs: number;
}

const people = [BO, BO, OLGA, OLGA, OTTO, BOSS, CRM, SYSTEM, SYSTEM];
const price = {
  facts: { ...SOLID, sizeMm: [21, 21, 6] as [number, number, number] },
  amount: 100,
  currency: 'EUR',
  lines: [{ name: 'All', amount: 100 }],
  tariff: 'hash',
  validMs: 10_000_000,
};

const epoch = fc.integer({ min: 0, max: 3 });
const ofJob = { revision: fc.constantFrom(1, 1, 1, 0), job: fc.constant(COMMAND) };
const one = <Type extends OrderCommand['type'], F extends object>(
  type: Type,
  fields: { [K in keyof F]: fc.Arbitrary<F[K]> },
) => fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<OrderCommand>;

const command: fc.Arbitrary<OrderCommand> = fc.oneof(
  fc.constant<OrderCommand>({ type: 'create', model: MODEL.id, settings: SETTINGS }),
  one('submit', {}),
  one('pricing-started', ofJob),
  fc.record(ofJob).map((job): OrderCommand => ({ type: 'priced', ...job, ...price })),
  one('pricing-failed', { ...ofJob, reason: fc.constant('not-closed') }),
  one('approve', { priceVersion: fc.constantFrom(1, 1, 1, 2) }),
  one('capture', { epoch }),
  one('release', { epoch }),
  one('release', { epoch, reason: fc.constant('machine-down') }),
  one('start', { epoch }),
  one('complete', { epoch }),
  one('request-cancel', { reason: fc.constant('changed-mind') }),
);

const anyStep: fc.Arbitrary<Step> = fc.record({
  command,
  as: fc.constantFrom(...people),
  waitMs: fc.integer({ min: 0, max: 2_000_000 }),
});

/** Where random steps alone would rarely get: the way to the floor, with random steps in between. */
const road: readonly Step[] = (
  [
    [{ type: 'create', model: MODEL.id, settings: SETTINGS }, BO],
    [{ type: 'submit' }, BO],
    [{ type: 'priced', revision: 1, job: COMMAND, ...price }, SYSTEM],
    [{ type: 'approve', priceVersion: 1 }, BO],
    [{ type: 'capture', epoch: 0 }, OLGA],
    [{ type: 'start', epoch: 1 }, OLGA],
    [{ type: 'release', epoch: 1 }, OLGA],
    [{ type: 'capture', epoch: 2 }, OTTO],
    [{ type: 'complete', epoch: 3 }, OTTO],
  ] as const
).map(([command, as]) => ({ command, as, waitMs: 1_000 }));

export const anyStory: fc.Arbitrary<Step[]> = fc
  .tuple(fc.nat(road.length), fc.array(anyStep, { maxLength: 30 }), fc.array(anyStep, { maxLength: 4 }))
  .map(([far, wild, first]) => [...first, ...road.slice(0, far), ...wild]);

export class Floor {
  readonly rows: OrderLogRow[] = [];
  readonly claims = new Set<string>();
  now = T0;

  get state(): OrderState | undefined {
    return this.rows.at(-1)?.after;
  }

  send({ command, as, waitMs }: Step): Decision<OrderEvent> {
    this.now += waitMs;
    const slots = [...this.claims]
      .filter((name) => name.startsWith(`slot:${as.id}:`))
      .map((name) => Number(name.split(':')[2]));
    const facts: Partial<OrderFacts> = {
      tariffs: BOOK,
      model: MODEL,
      number: '42',
      operator: { state: worker(as.id, { limit: 2 }), slots },
    };
    const before = this.state;
    const decision = order.decide(before, command, context(this.now, { as, facts }));
    if (!isRefusal(decision) && decision.events.length > 0) this.#append(decision.events, as);
    if (!isRefusal(decision)) {
      for (const name of decision.frees ?? [])
        if (!this.claims.delete(name)) throw new Error(`freed, not held: ${name}`);
      for (const name of decision.takes ?? []) {
        if (this.claims.has(name)) throw new Error(`taken twice: ${name}`);
        this.claims.add(name);
      }
    }
    return decision;
  }

  #append(events: readonly OrderEvent[], issuer: Issuer): void {
    const before = this.state;
    const version = this.rows.length + 1;
    const at = new Date(this.now).toISOString();
    const after = events.reduce<OrderState | undefined>(
      (s, e) => order.evolve(s, e, { actor: ACTOR, version, at }),
      before,
    );
    if (after === undefined) throw new Error('events without a state');
    this.rows.push({
      kind: 'order',
      actor: ACTOR,
      version,
      commandId: uuid5(COMMAND, String(version)),
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
