/**
 * Keeps one pipeline open: when one is gone the next is made, after ending the sessions we lost sight of. Invariants: at
 * most one pipeline at a time; a failed attempt is followed by a longer pause, up to `PAUSE_MS`.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Access } from './connect.ts';
import type { DoubtfulBackends } from './doubtful-backends.ts';
import { Pipeline } from './pipeline.ts';

/** Longest pause between two attempts, milliseconds. */
const PAUSE_MS = 500;

export interface ReconnectingOptions {
  readonly access: Access;
  readonly silenceMs: number;
  readonly doubtful: DoubtfulBackends;
  /** A pipeline is there. */
  connected(): void;
  /** An attempt failed. */
  failed(error: unknown): void;
}

export class Reconnecting {
  readonly #options: ReconnectingOptions;
  #pipeline: Pipeline | undefined;
  #opening: Promise<void> | undefined;
  #closed: (() => void) | undefined;
  #stopped = false;

  constructor(options: ReconnectingOptions) {
    this.#options = options;
  }

  /** What can be sent on; undefined while there is none. */
  get pipeline(): Pipeline | undefined {
    return this.#pipeline?.usable ? this.#pipeline : undefined;
  }

  open(): void {
    this.#opening = this.#open().finally(() => {
      this.#opening = undefined;
    });
  }

  /** Once nothing is on its way any more. */
  async close(): Promise<void> {
    this.#stopped = true;
    await this.#opening;
    const pipeline = this.#pipeline;
    if (pipeline === undefined) return;
    await new Promise<void>((resolve) => {
      this.#closed = resolve;
      pipeline.retire();
    });
  }

  async #open(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt++) {
      try {
        if (!this.#options.doubtful.none) await this.#options.doubtful.end();
        this.#pipeline = await Pipeline.open({ ...this.#options, gone: () => this.#gone() });
        this.#options.connected();
        return;
      } catch (error) {
        this.#options.failed(error);
        await sleep(Math.min(PAUSE_MS, 5 * 2 ** attempt) + randomInt(10));
      }
    }
  }

  #gone(): void {
    this.#pipeline = undefined;
    if (this.#stopped) this.#closed?.();
    else this.open();
  }
}
