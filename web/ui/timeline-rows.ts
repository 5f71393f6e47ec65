/** The story of an order as rows: each step with how long the status that it began lasted, beside what is usual. Pure. */
import type { TimelineItem } from '../../gateways/contract/timeline.ts';

export interface TimelineRow {
  readonly item: TimelineItem;
  /** Of the status that this step began; undefined: it began none. */
  readonly span?: Span;
}

export interface Span {
  /** In all, the hold included, milliseconds. */
  readonly ms: number;
  readonly heldMs: number;
  /** It goes on. */
  readonly open: boolean;
  /** 95 % of stays in this status were shorter, holds apart; undefined: nobody knows yet. */
  readonly p95?: number;
  readonly over: boolean;
}

/** Nobody may act on these any more: they last for ever. */
const ENDS: readonly string[] = ['CLOSED', 'EXPIRED', 'REJECTED', 'CANCELLED'];

/** Oldest first, as the items come. `now`: milliseconds since 1970 by the server's clock. */
export function timelineRows(
  items: readonly TimelineItem[],
  p95Of: (status: string) => number | undefined,
  now: number,
): readonly TimelineRow[] {
  return items.map((item, n): TimelineRow => {
    const { to } = item;
    if (to === undefined || to === item.from || ENDS.includes(to)) return { item };
    const later = items.slice(n + 1);
    const end = later.findIndex((one) => one.to !== undefined && one.to !== to);
    const until = end < 0 ? now : Date.parse(later[end]?.at ?? item.at);
    const heldMs = heldIn(later.slice(0, end < 0 ? undefined : end + 1), until);
    const ms = Math.max(0, until - Date.parse(item.at));
    const p95 = p95Of(to);
    return {
      item,
      span: {
        ms,
        heldMs: Math.min(ms, heldMs),
        open: end < 0,
        ...(p95 === undefined ? {} : { p95 }),
        over: p95 !== undefined && ms - heldMs > p95,
      },
    };
  });
}

/** A hold that nobody resumed ends with the status. */
function heldIn(items: readonly TimelineItem[], until: number): number {
  let since: number | undefined;
  let sum = 0;
  for (const { type, at } of items) {
    if (type === 'held') since ??= Date.parse(at);
    else if (type === 'resumed' && since !== undefined) {
      sum += Date.parse(at) - since;
      since = undefined;
    }
  }
  return since === undefined ? sum : sum + Math.max(0, until - since);
}

/** Parts of the row's axis, 0-1: the work, the hold behind it, and where the usual ends. */
export function shares({ ms, heldMs, p95 = 0 }: Span): { work: number; held: number; tick: number | undefined } {
  const whole = Math.max(ms, p95) * 1.1;
  if (whole === 0) return { work: 0, held: 0, tick: undefined };
  return { work: (ms - heldMs) / whole, held: heldMs / whole, tick: p95 === 0 ? undefined : p95 / whole };
}
