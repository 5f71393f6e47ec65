/**
 * One first-in-first-out queue per actor in the process.
 *
 * M1 At most one turn of an actor runs in the process at a time.
 * M2 Commands are decided in the order they came; what a turn leaves goes back to the front.
 * M3 A queue is bounded: more than `limit` waiting commands are refused as `overloaded` at once.
 * All commands that come within one event-loop tick are drained by one turn.
 */
import { overloaded } from '../errors.ts';
import type { Pending } from './pending.ts';

interface Box {
  readonly queue: Pending[];
  busy: boolean;
}

/** Takes commands from the front of the queue; what must be decided again it puts back. */
export type TakeTurn = (kind: string, actor: string, queue: Pending[]) => Promise<void>;

export class Mailboxes {
  readonly #boxes = new Map<string, Box>();
  readonly #takeTurn: TakeTurn;
  readonly #limit: number;

  constructor(takeTurn: TakeTurn, limit: number) {
    this.#takeTurn = takeTurn;
    this.#limit = limit;
  }

  get size(): number {
    return this.#boxes.size;
  }

  push(pending: Pending): void {
    const { kind, actor } = pending.envelope;
    const key = `${kind}:${actor}`;
    const box = this.#boxes.get(key) ?? { queue: [], busy: false };
    if (box.queue.length >= this.#limit) throw overloaded(`${kind} ${actor}`);
    this.#boxes.set(key, box);
    box.queue.push(pending);
    if (!box.busy) this.#start(key, kind, actor, box);
  }

  #start(key: string, kind: string, actor: string, box: Box): void {
    box.busy = true;
    setImmediate(() => void this.#run(key, kind, actor, box));
  }

  async #run(key: string, kind: string, actor: string, box: Box): Promise<void> {
    try {
      await this.#takeTurn(kind, actor, box.queue);
    } catch (error) {
      for (const pending of box.queue.splice(0)) pending.fail(error);
    }
    if (box.queue.length > 0) this.#start(key, kind, actor, box);
    else this.#boxes.delete(key);
  }
}
