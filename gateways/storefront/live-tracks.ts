/** Which orders a line follows: so many at most; one that is followed again takes the place of the former. */
import type { Told } from '../../actors/order/change.ts';
import { tooMany } from '../../src/http/fail.ts';
import type { ActorWatch } from '../../src/live/actor-watch.ts';
import type { Guard } from '../../src/live/guard.ts';
import type { Line } from '../../src/live/line.ts';

const MOST_ORDERS = 50;

export interface Track {
  /** false: followed again, given up, or the line is gone. */
  readonly current: () => boolean;
  /** `release` runs when it ends. */
  hold(guard: Guard<Told>, release?: () => void): void;
  end(): void;
}

interface Held {
  end?: () => void;
}

export class Tracks {
  readonly #watch: ActorWatch<Told>;
  readonly #of = new WeakMap<Line, Map<string, Held>>();

  constructor(watch: ActorWatch<Told>) {
    this.#watch = watch;
  }

  /** Throws `too_many`. */
  begin(line: Line, order: string): Track {
    const orders = this.#of.get(line) ?? new Map<string, Held>();
    this.#of.set(line, orders);
    if (!orders.has(order) && orders.size >= MOST_ORDERS) throw tooMany(MOST_ORDERS, 'too many orders are followed');
    this.end(line, order);
    const held: Held = {};
    orders.set(order, held);
    const current = (): boolean => orders.get(order) === held && line.open;
    return {
      current,
      hold: (guard, release) => {
        const end = (): void => {
          release?.();
          this.#watch.unwatch(order, guard);
        };
        if (current()) held.end = end;
        else end();
      },
      end: () => {
        if (orders.get(order) === held) this.end(line, order);
      },
    };
  }

  end(line: Line, order: string): void {
    const orders = this.#of.get(line);
    const held = orders?.get(order);
    orders?.delete(order);
    held?.end?.();
  }

  endAll(line: Line): void {
    for (const order of [...(this.#of.get(line)?.keys() ?? [])]) this.end(line, order);
  }
}
