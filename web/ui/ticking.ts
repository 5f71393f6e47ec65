import { signal } from '@preact/signals';
import { ServerClock } from '../client/clock.ts';

/** The server's clock, and its time as a signal: all relative times on a page move together, every 5 s. */
export const clock = new ServerClock();
export const now = signal(clock.now());

export const tick = (): void => {
  now.value = clock.now();
};
setInterval(tick, 5_000);
