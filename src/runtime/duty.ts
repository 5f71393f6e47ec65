/**
 * A duty: a task with one owner at a time among all keepers, such as following the feed into a view.
 *
 * U1 The owner holds a lease: by redlock in Redis, by an advisory lock in Postgres while Redis is away.
 * U2 Two owners for a moment are harmless, and happen: a paused process, Redis just emptied, the change from one kind of
 *    lease to the other. Whatever a duty does is idempotent, its cursors are compared and set.
 * U3 An owner that dies is followed by another after `leaseMs`; one that stops gives its lease back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DutyLease, LeaseKeeper } from './duty-lease.ts';

export interface DutyOptions {
  readonly name: string;
  /** Tried in this order; the first one is gone back to as soon as it can be had. */
  readonly leases: readonly LeaseKeeper[];
  /** Life of a lease; it is renewed every third of it, milliseconds. */
  readonly leaseMs: number;
  /** Works until the signal. When it ends before, it is started again. */
  run(signal: AbortSignal): Promise<void>;
  report(what: string, details: Readonly<Record<string, unknown>>): void;
}

/** A task that failed is started again after this, milliseconds. */
const AGAIN_MS = 1_000;

export class Duty {
  readonly #options: DutyOptions;
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;
  #owned = false;

  /** Begins at once. */
  constructor(options: DutyOptions) {
    this.#options = options;
    this.#done = this.#loop();
  }

  get owned(): boolean {
    return this.#owned;
  }

  /** Resolves when the task has ended and the lease is given back. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  async #loop(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const lease = await this.#acquire();
      if (lease) await this.#hold(lease);
      else await pause(this.#options.leaseMs / 3, signal);
    }
  }

  async #acquire(): Promise<DutyLease | undefined> {
    const { leases, name, leaseMs } = this.#options;
    for (const keeper of leases) {
      const answer = await keeper.acquire(name, leaseMs);
      if (answer === 'taken') return undefined;
      if (answer !== 'away') return answer;
    }
    return undefined;
  }

  /** Works while the lease can be renewed. */
  async #hold(first: DutyLease): Promise<void> {
    const { signal } = this.#stop;
    const ended = new AbortController();
    let lease: DutyLease | undefined = first;
    this.#owned = true;
    const work = this.#work(AbortSignal.any([signal, ended.signal]));
    while (lease && !signal.aborted) {
      await pause(this.#options.leaseMs / 3, signal);
      if (!signal.aborted) lease = await this.#renew(lease);
    }
    if (!lease) this.#options.report('a duty was lost', { duty: this.#options.name });
    ended.abort();
    await work;
    this.#owned = false;
    await lease?.release();
  }

  /** undefined = lost. A lease of second choice is changed for one of first choice when that can be had. */
  async #renew(lease: DutyLease): Promise<DutyLease | undefined> {
    const { leases, name, leaseMs } = this.#options;
    const [preferred] = leases;
    if (preferred && lease.keeper !== preferred) {
      const better = await preferred.acquire(name, leaseMs);
      if (better !== 'away') {
        await lease.release();
        return better === 'taken' ? undefined : better;
      }
    }
    if (await lease.renew(leaseMs)) return lease;
    await lease.release();
    return this.#acquire();
  }

  async #work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#options.run(signal);
      } catch (error) {
        if (!signal.aborted) this.#options.report('a duty failed', { duty: this.#options.name, error });
      }
      if (!signal.aborted) await pause(AGAIN_MS, signal);
    }
  }
}

const pause = async (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
