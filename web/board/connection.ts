/** How the page stands with the server, told late enough not to flicker: nothing under 2 s, a banner after 5 s. */
import { signal } from '@preact/signals';
import type { BoardState } from '../client/board-live.ts';
import type { LineState } from '../client/line.ts';
import { commonText } from '../text/en-common.ts';
import { alarm, say } from '../ui/announce.tsx';
import { clock } from '../ui/ticking.ts';

export type Trouble = 'offline' | 'catching-up';

const QUIET_MS = 2_000;
const BANNER_MS = 5_000;

/** undefined = live, or so shortly not that nobody need know. */
export const trouble = signal<{ readonly kind: Trouble; readonly since: number } | undefined>(undefined);
export const banner = signal(false);
/** The board has been shown whole at least once. */
export const begun = signal(false);
export const unanswered = signal(0);
/** Code with which the server refused this board. */
export const refused = signal<string | undefined>(undefined);

let line: LineState = 'connecting';
let board: BoardState = 'opening';
let current: { readonly kind: Trouble; readonly since: number } | undefined;
let timers: ReturnType<typeof setTimeout>[] = [];

export const isLive = (): boolean => line === 'open' && board === 'live';

export function lineIs(state: LineState): void {
  line = state;
  weigh();
}

export function boardIs(state: BoardState, code?: string): void {
  board = state;
  if (state === 'refused') refused.value = code ?? 'forbidden';
  weigh();
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
