/** How a page's line to the server stands, told late enough not to flicker: shorter breaks are nobody's business. */
import { effect, signal } from '@preact/signals';
import type { LineState } from '../client/line.ts';
import { clock } from './ticking.ts';

const QUIET_MS = 2_000;

export const lineState = signal<LineState>('connecting');
/** Since when it is lost, milliseconds since 1970; undefined = it is not. */
export const lostSince = signal<number | undefined>(undefined);

let timer: ReturnType<typeof setTimeout> | undefined;
effect(() => {
  const state = lineState.value;
  clearTimeout(timer);
  if (state === 'open') lostSince.value = undefined;
  else if (state !== 'connecting' && lostSince.peek() === undefined) {
    const since = clock.now();
    timer = setTimeout(() => {
      lostSince.value = since;
    }, QUIET_MS);
  }
});
