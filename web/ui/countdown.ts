/** The time left to a deadline, by the server's clock: each second where it is short, so that it is not a surprise. */
import { useComputed, useSignalEffect } from '@preact/signals';
import { clock, now, tick } from './ticking.ts';

const SHORT_MS = 15 * 60_000;
const watched = new Set<symbol>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all countdowns on the page. */
function watch(): () => void {
  const mine = Symbol('countdown');
  watched.add(mine);
  timer ??= setInterval(tick, 1_000);
  return () => {
    watched.delete(mine);
    if (watched.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Milliseconds left, never below 0. */
export function useTimeLeft(deadline: string): number {
  const until = Date.parse(deadline);
  const short = useComputed(() => now.value > until - SHORT_MS && now.value <= until);
  useSignalEffect(() => (short.value ? watch() : undefined));
  return Math.max(0, until - (now.value || clock.now()));
}
