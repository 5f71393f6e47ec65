/**
 * Follows the streams of the boards that this node shows, on a connection of its own.
 *
 * B1 Entries of a board come in order, each once, from the position it was watched from.
 * B2 While the connection is gone, or silent for longer than a read may take, nothing comes: `lost`. After it, `found`
 *    names the boards whose last entry is no longer there: they missed something and must be shown anew.
 * B3 A reader so slow that the stream was cut off behind it is told so too, before anything that comes after the hole.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis as Client } from 'ioredis';
import type { Keys } from '../hot/keys.ts';
import type { Redis } from '../hot/redis.ts';
import type { StreamEntry } from '../hot/scripts.ts';
import { type BoardEntry, parseEntry } from './board.ts';

export interface TailOptions {
  readonly redis: Redis;
  readonly keys: Keys;
  entries(board: string, entries: readonly BoardEntry[]): void;
  lost(): void;
  found(gaps: readonly string[]): void;
}

/** A read waits so long for something new; then it is asked again, with the boards of that moment. */
const BLOCK_MS = 1_000;
/** An answer later than this means that the server is stuck. */
const SILENT_MS = BLOCK_MS + 1_000;
const MOST_ENTRIES = 500;
/** A read that was answered sooner waits before the next: of many busy boards a few changes come with each. */
const PACE_MS = 10;
const RETRY_MS = 50;
/** A stream keeps at least so many entries, so who gets fewer at once has missed none. */
const LEAST_KEPT = 100;

export class BoardTail {
  readonly #options: TailOptions;
  readonly #client: Client;
  /** Board → last position given. */
  readonly #last = new Map<string, string>();
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #wake: (() => void) | undefined;
  #clientId: number | undefined;
  #lost = false;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#client = options.redis.dedicated('andon boards', { offlineQueue: false });
    this.#done = this.#run();
  }

  /** From a position on, exclusive. Watching again moves the position. */
  watch(board: string, from: string): void {
    this.#last.set(board, from);
    this.#interrupt();
  }

  unwatch(board: string): void {
    this.#last.delete(board);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake?.();
    this.#client.disconnect();
    await this.#done;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        if (this.#client.status !== 'ready') throw new Error('not connected');
        this.#clientId ??= await this.#client.client('ID');
        if (this.#lost) await this.#resume();
        const begun = performance.now();
        await this.#read();
        const spent = performance.now() - begun;
        if (spent < PACE_MS) await sleep(PACE_MS - spent, undefined, { signal });
      } catch {
        this.#clientId = undefined;
        if (!this.#lost && !signal.aborted && this.#last.size > 0) {
          this.#lost = true;
          this.#options.lost();
        }
        await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #read(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    if (this.#last.size === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      return promise;
    }
    const asked = new Map(this.#last);
    const streams = [...asked.keys()].map((board) => this.#options.keys.boardStream(board));
    const answer = await this.#inTime(
      this.#client.xread('COUNT', MOST_ENTRIES, 'BLOCK', BLOCK_MS, 'STREAMS', ...streams, ...asked.values()),
    );
    const boards = [...asked.keys()];
    for (const [stream, entries] of (answer ?? []) as [string, StreamEntry[]][]) {
      const board = boards[streams.indexOf(stream)];
      const last = entries.at(-1)?.[0];
      if (board === undefined || last === undefined) continue;
      const from = asked.get(board) ?? '';
      const whole = entries.length < LEAST_KEPT || (await this.#stands(board, from));
      // Watched anew meanwhile, or no longer: what was read belongs to nobody.
      if (this.#last.get(board) !== from) continue;
      // Only now: what is not told before the connection breaks is read again.
      this.#last.set(board, last);
      if (whole) this.#options.entries(board, entries.map(parseEntry));
      else this.#options.found([board]);
    }
  }

  /** Are the last positions still there? A stream that begins anew would go on without what came between. */
  async #resume(): Promise<void> {
    const gaps: string[] = [];
    for (const [board, last] of this.#last) {
      if (!(await this.#stands(board, last))) gaps.push(board);
    }
    this.#lost = false;
    this.#options.found(gaps);
  }

  /** Is this entry still there? */
  async #stands(board: string, at: string): Promise<boolean> {
    const found = await this.#inTime(this.#client.xrange(this.#options.keys.boardStream(board), at, at));
    return found.length > 0;
  }

  /** A server that says nothing is as good as gone. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    const silent = setTimeout(() => this.#client.disconnect(true), SILENT_MS);
    return answer.finally(() => clearTimeout(silent));
  }

  /** Ends the waiting read, so that it is asked again with the new board. */
  #interrupt(): void {
    this.#wake?.();
    if (this.#clientId !== undefined)
      this.#options.redis.call('CLIENT', ['UNBLOCK', this.#clientId]).catch(() => undefined);
  }
}
