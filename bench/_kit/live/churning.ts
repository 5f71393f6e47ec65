/** Clients that come and go: each slot holds one, for a while; some leave before they were told anything. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Crowd } from './crowd.ts';

export interface Churned {
  readonly opened: number;
  readonly failed: number;
}

export interface ChurnOptions {
  readonly urls: readonly string[];
  readonly ms: number;
  /** Lives last from a fourth of it up to it. */
  readonly lifeMs: number;
}

/** Of so many, one hangs up on its way in. */
const RASH = 10;
const RASH_MS = 20;
/** Of so many, one comes back without its position. */
const FORGETFUL = 4;

const oneOf = (n: number): boolean => Math.random() * n < 1;

export async function churn(crowd: Crowd, { urls, ms, lifeMs }: ChurnOptions): Promise<Churned> {
  const until = performance.now() + ms;
  let [opened, failed] = [0, 0];
  const live = async (n: number): Promise<void> => {
    const watcher = crowd.watchers[n];
    if (watcher === undefined) return;
    if (oneOf(FORGETFUL)) watcher.forget();
    const opening = crowd.openOne(n, urls[Math.floor(Math.random() * urls.length)] ?? '');
    if (oneOf(RASH)) {
      await Promise.race([opening.catch(() => undefined), sleep(Math.random() * RASH_MS)]);
      watcher.close();
      await opening.catch(() => undefined);
    } else {
      await opening.then(
        () => {
          opened += 1;
        },
        () => {
          failed += 1;
        },
      );
      await sleep(Math.min(lifeMs * (0.25 + 0.75 * Math.random()), Math.max(0, until - performance.now())));
    }
    watcher.close();
  };
  const slot = async (n: number): Promise<void> => {
    await sleep(Math.random() * Math.min(lifeMs, ms / 4)); // not all at once
    while (performance.now() < until) await live(n);
  };
  await Promise.all(crowd.watchers.map((_, n) => slot(n)));
  return { opened, failed };
}
