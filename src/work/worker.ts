/**
 * The loop of a worker: looks for due work every `pollMs`, at once when a slot becomes free or work was found, and runs
 * at most `slots` jobs beside each other. What a job needs is in its handler.
 *
 * Invariant: of jobs that lost their lease a worker runs one at a time. One that kills its worker takes down what runs
 * beside it; so its neighbours lose one attempt by it, and run again without it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type AttemptOptions, attempt, type Handler } from './attempt.ts';
import type { Job, Jobs } from './jobs.ts';

export interface WorkerOptions extends AttemptOptions {
  readonly slots: number;
  readonly pollMs: number;
}

export class Worker {
  readonly #jobs: Jobs;
  readonly #handlers: Readonly<Record<string, Handler>>;
  readonly #options: WorkerOptions;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  /** Of those, jobs whose last attempt lost its lease. */
  #lost = 0;
  #loop: Promise<void> | undefined;
  /** Ends the present wait. */
  #wake = new AbortController();

  constructor(jobs: Jobs, handlers: Readonly<Record<string, Handler>>, options: WorkerOptions) {
    this.#jobs = jobs;
    this.#handlers = handlers;
    this.#options = options;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Looks at once. */
  wake(): void {
    this.#wake.abort();
  }

  /** Takes nothing more, aborts what runs and gives it back; resolves when all of it is written. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.wake();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    const { slots, pollMs, tell } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#wake = new AbortController();
      const free = slots - this.#running.size;
      let found: Job[] = [];
      try {
        if (free > 0) found = await this.#jobs.claim(Object.keys(this.#handlers), free, this.#lost === 0 ? 1 : 0);
      } catch (error) {
        tell({ what: 'work_failed', error });
      }
      for (const job of found) this.#begin(job);
      if (found.length > 0 && this.#running.size < slots) continue;
      await sleep(pollMs, undefined, { signal: this.#wake.signal }).catch(() => undefined);
    }
  }

  #begin(job: Job): void {
    const handler = this.#handlers[job.kind];
    if (handler === undefined) return;
    const lost = job.lost === true ? 1 : 0;
    this.#lost += lost;
    const began = performance.now();
    const failed = (error: unknown): void => this.#options.tell({ what: 'work_failed', job, error });
    const running = attempt(this.#jobs, job, handler, this.#stop.signal, this.#options)
      .catch(failed)
      .then(() => this.#jobs.charge(Object.keys(this.#handlers), job, performance.now() - began).catch(failed))
      .finally(() => {
        this.#running.delete(running);
        this.#lost -= lost;
        this.wake();
      });
    this.#running.add(running);
  }
}

/** Once, 4 times, 16 times, then 60 times as long as the first wait, milliseconds. */
export const slowerAndSlower =
  (firstMs: number) =>
  (attempt: number): number =>
    firstMs * Math.min(60, 4 ** (attempt - 1));
