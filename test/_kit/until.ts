import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `condition` gives something true and returns it. A throwing condition counts as *not yet*. After `ms`
 * throws an Error that says what was waited for and what the last attempt gave.
 */
export async function until<T>(what: string, condition: () => T | Promise<T>, ms = 10_000): Promise<T> {
  const start = performance.now();
  let last: unknown;
  for (let pause = 2; ; pause = Math.min(pause * 1.5, 50)) {
    try {
      last = await condition();
      if (last) return last as T;
    } catch (error) {
      last = error;
    }
    if (performance.now() - start > ms) {
      const got = last instanceof Error ? last.message : String(last);
      throw new Error(`waited ${ms} ms in vain until ${what} (last: ${got})`, { cause: last });
    }
    await sleep(pause);
  }
}
