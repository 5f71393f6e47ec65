/**
 * What a client asked and was not answered yet because it does not take its answers. While its line is slow nothing is
 * served; what comes meanwhile waits in order, and is then served one by one, so that after each answer it may wait
 * again. Whoever sends on and on without reading is dropped: else the answers would fill our memory.
 */
import type { Line } from './line.ts';

/** A page that comes back opens its boards and follows its orders: that many messages at once are nobody's fault. */
export const MOST_WAITING = 32;

type Serve = () => Promise<void>;

export class Backlog {
  readonly #line: Pick<Line, 'slow' | 'whenDrained' | 'drop'>;
  #waiting: Serve[] = [];
  #dropped = false;

  constructor(line: Pick<Line, 'slow' | 'whenDrained' | 'drop'>) {
    this.#line = line;
  }

  /** `serve` must not reject. */
  add(serve: Serve): void {
    if (this.#dropped) return;
    if (this.#waiting.length === 0 && !this.#line.slow) {
      void serve();
      return;
    }
    this.#waiting.push(serve);
    if (this.#waiting.length > MOST_WAITING) {
      this.#dropped = true;
      this.#waiting = [];
      this.#line.drop();
    } else if (this.#waiting.length === 1) this.#next();
  }

  /** The one that is served stands in the list until it is done: whatever comes is behind it. */
  #next(): void {
    this.#line.whenDrained(async () => {
      await this.#waiting[0]?.();
      this.#waiting.shift();
      if (this.#waiting.length > 0) this.#next();
    });
  }
}
