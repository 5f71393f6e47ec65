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
  readonly key: string;
  readonly kind: string;
  readonly actor: string;
  readonly queue: Pending[];
  /** A turn runs, or will in the next tick. */
  busy: boolean;
}

/** Takes commands from the front of the queue; what must be decided again it puts back. */
export type TakeTurn = (kind: string, actor: string, queue: Pending[]) => Promise<void>;

export class Mailboxes {
  readonly #boxes = new Map<string, Box>();
  readonly #takeTurn: TakeTurn;
  readonly #limit: number;
  /** Their turns begin together, in the next tick. */
  #due: Box[] = [];

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
    let box = this.#boxes.get(key);
    if ((box?.queue.length ?? 0) >= this.#limit) throw overloaded(`${kind} ${actor}`);
    if (box === undefined) {
      box = { key, kind, actor, queue: [], busy: false };
      this.#boxes.set(key, box);
    }
    box.queue.push(pending);
    if (!box.busy) this.#start(box);
  }

  #start(box: Box): void {
    box.busy = true;
    if (this.#due.push(box) === 1) setImmediate(() => this.#begin());
  }

  #begin(): void {
    const due = this.#due;
    this.#due = [];
    for (const box of due) void this.#run(box);
  }

  async #run(box: Box): Promise<void> {
    try {
      await this.#takeTurn(box.kind, box.actor, box.queue);
    } catch (error) {
      for (const pending of box.queue.splice(0)) pending.fail(error);
    }
    if (box.queue.length > 0) this.#start(box);
    else this.#boxes.delete(box.key);
  }
}
