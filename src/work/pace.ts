/**
 * How fast a kind of job gets on, told by its workers and read by whoever estimates how long one has to wait. Nothing
 * depends on it: what can't be told or read is left out.
 */
import { type Queryable, statement } from '../log/statement.ts';
import type { Handler } from './attempt.ts';

const tellPace = statement<object>(import.meta.url, 'sql/tell-pace');
const queue = statement<{ actor: string; place: number; mean_ms: number | null; slots: number }>(
  import.meta.url,
  'sql/queue',
);

const TELL_MS = 5_000;
/** Of three times that it was not told. */
const GONE_MS = 4 * TELL_MS;
/** Weight of the newest duration in the moving mean. */
const NEWEST = 0.2;

export interface PaceOptions {
  readonly worker: string;
  readonly kind: string;
  readonly slots: number;
  readonly everyMs?: number;
}

export class Pace {
  readonly #pool: Queryable;
  readonly #options: PaceOptions;
  #meanMs: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(pool: Queryable, options: PaceOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  /** The same, and its duration counts where it brought a result. */
  timed(handler: Handler): Handler {
    return {
      ...handler,
      run: async (job, signal) => {
        const started = performance.now();
        const outcome = await handler.run(job, signal);
        if (outcome === undefined) this.#count(performance.now() - started);
        return outcome;
      },
    };
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.tell(), this.#options.everyMs ?? TELL_MS);
    void this.tell();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async tell(): Promise<void> {
    const { worker, kind, slots } = this.#options;
    await tellPace.run(this.#pool, [worker, kind, slots, this.#meanMs]).catch(() => undefined);
  }

  #count(ms: number): void {
    this.#meanMs = this.#meanMs === null ? ms : this.#meanMs + NEWEST * (ms - this.#meanMs);
  }
}

export interface QueuePlace {
  /** Jobs before it, about; 0 = next, or running. */
  readonly position: number;
  /** Until it is done, about; null = no worker is there, or none has done one yet. */
  readonly etaMs: number | null;
}

/** By actor; those without a job of the kind are left out. */
export async function placesInQueue(
  pool: Queryable,
  kind: string,
  actors: readonly string[],
): Promise<ReadonlyMap<string, QueuePlace>> {
  const rows = await queue.run(pool, [actors, kind, GONE_MS]);
  return new Map(
    rows.map(({ actor, place, mean_ms: meanMs, slots }) => {
      const etaMs = meanMs === null || slots === 0 ? null : Math.ceil(meanMs * (1 + place / slots));
      return [actor, { position: place, etaMs }];
    }),
  );
}
