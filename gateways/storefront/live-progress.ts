/**
 * How long a price will take, told to those who follow an order that waits for one: its place and an estimate whenever one
 * of them changed, and once that it is over. One question per second for all orders of the node, none while nobody waits.
 */
import { type Status, UNPRICED } from '../../actors/order/lifecycle.ts';
import type { Line } from '../../src/live/line.ts';
import type { QueuePlace } from '../../src/work/pace.ts';
import type { PriceProgress } from '../contract/live.ts';

export interface ProgressDeps {
  /** By order; those whose price nobody calculates are left out. */
  pricePlaces(orders: readonly string[]): Promise<ReadonlyMap<string, QueuePlace>>;
  /** Between two questions, milliseconds. */
  readonly progressMs: number;
}

/** One line that follows one order. */
export interface Waiter {
  /** The order's status, as the line was told it. */
  reached(status: Status): void;
  end(): void;
}

interface Waiting {
  readonly line: Line;
  readonly order: string;
  told: string;
}

/** A question that takes long is asked so many times its own duration later at the earliest. */
const REST = 10;

/** Without `PRICE_FAILED`: then it is people who are waited for. */
const isPricing = (status: Status): boolean => status !== 'PRICE_FAILED' && UNPRICED.includes(status);

export class PriceQueue {
  readonly #deps: ProgressDeps;
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #notBefore = 0;
  #closed = false;

  constructor(deps: ProgressDeps) {
    this.#deps = deps;
  }

  follow(line: Line, order: string): Waiter {
    const waiting: Waiting = { line, order, told: '' };
    return {
      reached: (status) => {
        if (isPricing(status)) {
          this.#waiting.add(waiting);
          this.#plan();
        } else if (this.#waiting.delete(waiting)) {
          tell(waiting, { order, position: 0, etaSeconds: 0, done: true });
        }
      },
      end: () => this.#waiting.delete(waiting),
    };
  }

  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#closed || this.#asking || this.#timer !== undefined || this.#waiting.size === 0) return;
    this.#timer = setTimeout(() => void this.#look(), Math.max(0, this.#notBefore - performance.now()));
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#asking = true;
    const asked = performance.now();
    const orders = [...new Set([...this.#waiting].map(({ order }) => order))];
    // A database that is away can't be asked, and the next look comes.
    const places = orders.length === 0 ? undefined : await this.#deps.pricePlaces(orders).catch(() => undefined);
    const tookMs = performance.now() - asked;
    this.#notBefore = asked + Math.max(this.#deps.progressMs, REST * tookMs);
    this.#asking = false;
    for (const waiting of this.#waiting) {
      const place = places?.get(waiting.order);
      if (place !== undefined) tell(waiting, progressOf(waiting.order, place));
    }
    this.#plan();
  }
}

const progressOf = (order: string, { position, etaMs }: QueuePlace): PriceProgress => ({
  order,
  position,
  etaSeconds: etaMs === null ? null : Math.max(1, Math.ceil(etaMs / 1_000)),
  done: false,
});

/** What is no news, or comes to a line that can't keep up, is left out: the next one says it again. */
function tell(waiting: Waiting, progress: PriceProgress): void {
  const text = JSON.stringify(progress);
  if (text === waiting.told || (waiting.line.slow && !progress.done)) return;
  waiting.told = text;
  waiting.line.send('price:progress', progress);
}
