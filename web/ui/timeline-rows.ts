/**
 * The story of an order as rows, newest first: how long it stayed in each status, which stretches of that it was on hold, and
 * whether that is longer than 95 of 100 orders take. Pure.
 */
import { FINAL } from '../../gateways/contract/statuses.ts';
import type { TimelineItem } from '../../gateways/contract/timeline.ts';
import type { LampName } from './lamp-name.ts';
import type { Tone } from './tone.ts';

/** Milliseconds that 95 of 100 stays in a status do not exceed, holds not counted; undefined: nobody knows yet. */
export type P95Of = (status: string) => number | undefined;

/** Milliseconds from the beginning of the row. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Row {
  readonly item: TimelineItem;
  readonly lamp: LampName;
  readonly tone: Tone;
  /** How long it lasted, or has lasted so far; undefined: it was over at once. */
  readonly ms?: number;
  /** It still goes on. */
  readonly open: boolean;
  readonly held: readonly Stretch[];
  /** In all, milliseconds. */
  readonly heldMs: number;
  /** Of the status that the row begins. */
  readonly p95?: number;
  /** Longer than 95 of 100, holds not counted. */
  readonly over: boolean;
}

/** What lasts without being a status, and what ends it. */
const LASTING: Readonly<Record<string, readonly string[]>> = {
  captured: ['manufacturing-started', 'released', 'handed-over', 'cancelled'],
  'handed-over': ['manufacturing-started', 'manufacturing-completed', 'released', 'handed-over', 'cancelled'],
  held: ['resumed', 'cancelled', 'rejected', 'expired'],
  'cancel-requested': ['cancel-refused', 'cancelled', 'shipped'],
};
const MARKS: Readonly<Record<string, readonly [LampName, Tone]>> = {
  'cancel-requested': ['cancel', 'stop'],
  'cancel-escalated': ['cancel', 'stop'],
  cancelled: ['cancel', 'none'],
  rejected: ['cancel', 'none'],
  expired: ['cancel', 'none'],
  'pricing-failed': ['late', 'stop'],
  held: ['hold', 'hold'],
  reworked: ['tight', 'warn'],
  released: ['wait', 'none'],
};

const at = ({ at: moment }: TimelineItem): number => Date.parse(moment);

/** `items`: of the whole story, in order. `now`: milliseconds since 1970 by the server's clock. */
export function rowsOf(items: readonly TimelineItem[], p95Of: P95Of, now: number): Row[] {
  const holds = holdsIn(items, now);
  const last = items.findLastIndex(({ to }) => to !== undefined);
  return items.map((_, n) => rowOf(items, n, holds, p95Of, now, n === last)).reverse();
}

function rowOf(
  items: readonly TimelineItem[],
  n: number,
  holds: readonly Stretch[],
  p95Of: P95Of,
  now: number,
  present: boolean,
): Row {
  const item = items[n] as TimelineItem;
  const final = item.to !== undefined && FINAL.includes(item.to);
  const end = final ? undefined : endOf(items, n);
  const lasts = !final && (item.to !== undefined || item.type in LASTING);
  const open = lasts && end === undefined;
  const from = at(item);
  const to = end === undefined ? now : at(end);
  const held = item.to === undefined ? [] : within(holds, from, to);
  const ms = Math.max(0, to - from);
  const heldMs = held.reduce((sum, one) => sum + one.to - one.from, 0);
  const p95 = item.to === undefined || final ? undefined : p95Of(item.to);
  const [lamp, tone] = MARKS[item.type] ?? (present && open ? presentMark(item.to) : (['done', 'none'] as const));
  return {
    item,
    lamp,
    tone,
    ...(lasts ? { ms } : {}),
    open,
    held,
    heldMs,
    ...(p95 === undefined ? {} : { p95 }),
    over: p95 !== undefined && ms - heldMs > p95,
  };
}

const presentMark = (status: string | undefined): readonly [LampName, Tone] =>
  status === 'MANUFACTURING_STARTED' || status === 'PACKAGING' ? ['flow', 'go'] : ['wait', 'none'];

/** The event that ends what this one began. */
function endOf(items: readonly TimelineItem[], n: number): TimelineItem | undefined {
  const { to, type } = items[n] as TimelineItem;
  const ends = LASTING[type];
  return items.find((later, m) => m > n && (to === undefined ? ends?.includes(later.type) : later.to !== undefined));
}

/** Moments between which it was on hold. */
function holdsIn(items: readonly TimelineItem[], now: number): Stretch[] {
  return items.flatMap((item, n) => {
    if (item.type !== 'held') return [];
    const end = endOf(items, n);
    return [{ from: at(item), to: end === undefined ? now : at(end) }];
  });
}

const within = (holds: readonly Stretch[], from: number, to: number): Stretch[] =>
  holds
    .map((one) => ({ from: Math.max(0, one.from - from), to: Math.min(one.to, to) - from }))
    .filter((one) => one.to > one.from);

/** A bar on an axis of its own: its tick, the usual p95, is always at the same place. Lengths of 0 to 1. */
export const TICK = 0.6;

export interface Bar {
  readonly length: number;
  readonly held: readonly Stretch[];
}

/** What is longer than the axis ends with it. undefined: there is nothing to compare with. */
export function barOf({ ms, p95, held }: Row): Bar | undefined {
  if (ms === undefined || p95 === undefined || p95 <= 0) return undefined;
  const long = (of: number): number => Math.min(1, (of / p95) * TICK);
  return {
    length: long(ms),
    held: held.map(({ from, to }) => ({ from: long(from), to: long(to) })),
  };
}
