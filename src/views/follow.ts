/** The loop of everything that follows the feed: step after step while there is more, else a pause; errors slow it down. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface FollowOptions {
  /** How long to wait when there was nothing more, milliseconds. */
  readonly pauseMs: number;
  /** Told of every step that failed; it is tried again. */
  report(error: unknown): void;
}

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;

/** `step` resolves to true when there is more to do at once. Returns when the signal says so, between two steps. */
export async function follow(
  signal: AbortSignal,
  step: (signal: AbortSignal) => Promise<boolean>,
  { pauseMs, report }: FollowOptions,
): Promise<void> {
  let backoff = FIRST_BACKOFF_MS;
  while (!signal.aborted) {
    let wait = pauseMs;
    try {
      if (await step(signal)) wait = 0;
      backoff = FIRST_BACKOFF_MS;
    } catch (error) {
      if (signal.aborted) return;
      report(error);
      wait = backoff;
      backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS);
    }
    await sleep(wait, undefined, { signal }).catch(() => undefined); // the signal ends the pause
  }
}
