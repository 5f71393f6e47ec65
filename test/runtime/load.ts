/**
 * Random commands of many clients over all nodes: sensible ones, hopeless ones, repeats of older ones under their ids.
 * The same seed gives the same choices for the same answers. A law that must hold afterwards is in ledger.ts.
 */
import { setImmediate as tick } from 'node:timers/promises';
import type { Status } from '../../actors/order/lifecycle.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { Answer, Envelope, Issuer } from '../../src/runtime/actor.ts';
import { until } from '../_kit/until.ts';
import { BUYER, type Command, creation, signed, type Works } from './works.ts';

/** mulberry32: small, seeded, good enough to choose commands. Numbers in [0, 1). */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Where an order may be captured. */
const FLOOR: readonly Status[] = ['MANUFACTURING_APPROVED', 'MANUFACTURING_STARTED'];

export interface LoadOptions {
  readonly orders: readonly string[];
  readonly crew: readonly Issuer[];
  readonly clients?: number;
  readonly seed?: number;
  /** `overloaded` and `unavailable` are expected: the client goes on with something else. */
  readonly harmed?: boolean;
}

export class Load {
  readonly #works: Pick<Works, 'send'>;
  readonly #options: LoadOptions;
  readonly #random: () => number;
  readonly #orders: string[];
  readonly #known = new Map<string, OrderState>();
  readonly #sent: Envelope[] = [];
  readonly #clients: Promise<unknown>;
  #stopped = false;
  #answered = 0;
  #thrown = 0;

  /** Begins at once. */
  constructor(works: Pick<Works, 'send'>, options: LoadOptions) {
    this.#works = works;
    this.#options = options;
    this.#random = seeded(options.seed ?? 1);
    this.#orders = [...options.orders];
    this.#clients = Promise.all(Array.from({ length: options.clients ?? 40 }, () => this.#client()));
    this.#clients.catch(() => undefined);
  }

  /** Commands that got an answer. */
  get answered(): number {
    return this.#answered;
  }

  /** Commands that got none. */
  get thrown(): number {
    return this.#thrown;
  }

  /** Until so many more are answered. */
  async more(commands: number): Promise<void> {
    const enough = this.#answered + commands;
    const failed = this.#clients.then(() => true);
    await Promise.race([failed, until(`${commands} more answers`, () => this.#answered >= enough, 20_000)]);
  }

  /** Until so many more are not answered. */
  async moreThrown(commands: number): Promise<void> {
    const enough = this.#thrown + commands;
    await until(`${commands} more failures`, () => this.#thrown >= enough, 20_000);
  }

  /** Waits for the last answers; throws what a client met that it must not meet. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#clients;
  }

  async #client(): Promise<void> {
    while (!this.#stopped) {
      const envelope = this.#next();
      try {
        this.#learn(envelope, await this.#works.send(envelope));
        this.#answered++;
      } catch (error) {
        this.#thrown++;
        if (!this.#options.harmed || !isExpected(error)) {
          this.#stopped = true;
          throw error;
        }
        await tick();
      }
    }
  }

  #next(): Envelope {
    const old = this.#chance(0.1) ? this.#pick(this.#sent) : undefined;
    if (old) return old;
    const actor = this.#pick(this.#orders);
    const envelope = this.#chance(0.02) || actor === undefined ? this.#create() : this.#command(actor);
    this.#sent.push(envelope);
    return envelope;
  }

  #create(): Envelope {
    return creation({ reference: `PO ${Math.floor(this.#random() * 20)}` });
  }

  #command(actor: string): Envelope {
    const known = this.#known.get(actor);
    const epoch = (known?.epoch ?? 0) + (this.#chance(0.1) ? -1 : 0);
    const somebody = this.#pick(this.#options.crew) ?? BUYER;
    const holder = this.#options.crew.find(({ id }) => id === known?.capture?.operator);
    const by = (issuer: Issuer, command: Command): Envelope => signed('order', actor, issuer, command);
    if (this.#chance(0.003)) return by(BUYER, { type: 'request-cancel', reason: 'changed-mind' });
    if (holder === undefined || this.#chance(0.2)) return by(somebody, { type: 'capture', epoch });
    const who = this.#chance(0.9) ? holder : somebody;
    if (known?.status === 'MANUFACTURING_STARTED' && this.#chance(0.03)) return by(who, { type: 'complete', epoch });
    return by(who, { type: this.#chance(0.05) ? 'start' : 'release', epoch });
  }

  #learn({ actor, command }: Envelope, answer: Answer): void {
    if (command.type === 'create' || answer.state === undefined) return;
    const state = answer.state as OrderState;
    const known = this.#known.get(actor);
    if (known === undefined || known.epoch <= state.epoch) this.#known.set(actor, state);
    const place = FLOOR.includes(state.status) ? -1 : this.#orders.indexOf(actor);
    if (place !== -1) this.#orders.splice(place, 1); // made or cancelled
  }

  #chance(of: number): boolean {
    return this.#random() < of;
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(this.#random() * from.length)];
  }
}

const isExpected = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'unavailable' || error.code === 'overloaded');
