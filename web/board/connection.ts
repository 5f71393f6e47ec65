/** How the page stands with the server, told late enough not to flicker: nothing under 2 s, a banner after 5 s. */
import { computed, signal } from '@preact/signals';
import type { BoardState } from '../client/board-live.ts';
import type { LineState } from '../client/line.ts';
import { commonText } from '../text/common.ts';
import { alarm, say } from '../ui/announce.tsx';
import { clock } from '../ui/ticking.ts';

export type Trouble = 'offline' | 'catching-up';

const QUIET_MS = 2_000;
const BANNER_MS = 5_000;

/** undefined = live, or so shortly not that nobody need know. */
export const trouble = signal<{ readonly kind: Trouble; readonly since: number } | undefined>(undefined);
export const banner = signal(false);
/** By how many seconds the board may lag; undefined = it is live. */
const lag = signal<number | undefined>(undefined);
const lagging = signal(false);
/** The same, once it has lasted. */
export const behind = computed(() => (lagging.value ? lag.value : undefined));
/** The board has been shown whole at least once. */
export const begun = signal(false);
export const unanswered = signal(0);
/** Code with which the server refused this board. */
export const refused = signal<string | undefined>(undefined);

let line: LineState = 'connecting';
let board: BoardState = 'opening';
let current: { readonly kind: Trouble; readonly since: number } | undefined;
let timers: ReturnType<typeof setTimeout>[] = [];
let lagTimer: ReturnType<typeof setTimeout> | undefined;

/** What is on screen is what the server has, or had a moment ago. */
export const isShown = (): boolean => line === 'open' && (board === 'live' || board === 'stale');

export function lineIs(state: LineState): void {
  line = state;
  weigh();
}

export function boardIs(state: BoardState, code?: string): void {
  board = state;
  if (state === 'refused') refused.value = code ?? 'forbidden';
  weigh();
}

/** A server is away, or the board is built anew: quietly said, for it can be worked with. */
export function lags(seconds: number | undefined): void {
  lag.value = seconds;
  if (seconds === undefined) {
    clearTimeout(lagTimer);
    lagTimer = undefined;
    lagging.value = false;
  } else
    lagTimer ??= setTimeout(() => {
      lagging.value = true;
    }, QUIET_MS);
}

function weigh(): void {
  const kind = line !== 'open' ? 'offline' : board === 'opening' ? 'catching-up' : undefined;
  if (kind === current?.kind) return;
  if (kind === undefined) {
    calm();
    return;
  }
  const since = current?.since ?? clock.now();
  current = { kind, since };
  if (trouble.peek() !== undefined) trouble.value = current;
  if (timers.length > 0) return;
  timers = [
    setTimeout(() => {
      trouble.value = current;
    }, QUIET_MS),
    setTimeout(() => {
      banner.value = true;
      alarm(commonText.connection.lost);
    }, BANNER_MS),
  ];
}

function calm(): void {
  for (const timer of timers) clearTimeout(timer);
  timers = [];
  current = undefined;
  trouble.value = undefined;
  if (banner.peek()) say(commonText.connection.back);
  banner.value = false;
}
