/** The story of one order, from its log: what happened, who did it, how long each status lasted. */
import Type, { type Static } from 'typebox';
import { type Told, timeline } from '../../actors/order/change.ts';
import { Status } from './order.ts';
import { By, by, type NameOf, Time, type Viewer } from './shapes.ts';

export const TimelineItem = Type.Object({
  version: Type.Integer(),
  at: Time,
  type: Type.String({ description: 'kebab-case name of the event' }),
  from: Type.Optional(Status),
  to: Type.Optional(Status),
  by: By,
  reason: Type.Optional(Type.String()),
  trace: Type.Optional(Type.String({ description: 'W3C traceparent; staff only' })),
  lastedMs: Type.Optional(Type.Integer({ description: 'how long `from`, or a hold, lasted' })),
});
export type TimelineItem = Static<typeof TimelineItem>;

export const Timeline = Type.Object({
  items: Type.Array(TimelineItem),
  totals: Type.Record(Type.String(), Type.Integer(), {
    description: 'milliseconds spent in each status so far, the present one included; time on hold apart, as ON_HOLD',
  }),
});
export type Timeline = Static<typeof Timeline>;

const ON_HOLD = 'ON_HOLD';

/** `rows`: all of one order, in order of version. `now`: milliseconds since 1970. */
export function renderTimeline(rows: readonly Told[], viewer: Viewer, nameOf: NameOf, now: number): Timeline {
  const items: TimelineItem[] = [];
  for (const row of rows) {
    for (const { internal, reason, trace, by: who, ...item } of timeline(row)) {
      items.push({
        ...item,
        by: by(who.id, viewer, nameOf, who.role),
        ...(reason !== undefined && (viewer.staff || !internal) ? { reason } : {}),
        ...(trace !== undefined && viewer.staff ? { trace } : {}),
      });
    }
  }
  return { items, totals: totalsOf(rows, now) };
}

/** From each row to the next the order was as that row left it. */
function totalsOf(rows: readonly Told[], now: number): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const [n, { at, after }] of rows.entries()) {
    const next = rows[n + 1];
    const until = next === undefined ? now : Date.parse(next.at);
    const name = after.hold ? ON_HOLD : after.status;
    totals[name] = (totals[name] ?? 0) + Math.max(0, until - Date.parse(at));
  }
  return totals;
}
