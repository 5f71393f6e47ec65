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
  lastedMs: Type.Optional(Type.Integer({ description: 'how long `from` lasted' })),
});
export type TimelineItem = Static<typeof TimelineItem>;

export const Timeline = Type.Object({
  items: Type.Array(TimelineItem),
  totals: Type.Record(Type.String(), Type.Integer(), {
    description: 'milliseconds spent in each status so far, the present one included',
  }),
});
export type Timeline = Static<typeof Timeline>;

/** `rows`: all of one order, in order of version. `now`: milliseconds since 1970. */
export function renderTimeline(rows: readonly Told[], viewer: Viewer, nameOf: NameOf, now: number): Timeline {
  const items: TimelineItem[] = [];
  const totals: Record<string, number> = {};
  const spend = (status: string, ms: number) => {
    totals[status] = (totals[status] ?? 0) + Math.max(0, ms);
  };
  for (const row of rows) {
    for (const { internal, reason, trace, by: who, ...item } of timeline(row)) {
      if (item.from !== undefined) spend(item.from, item.lastedMs ?? 0);
      items.push({
        ...item,
        by: by(who.id, viewer, nameOf, who.role),
        ...(reason !== undefined && (viewer.staff || !internal) ? { reason } : {}),
        ...(trace !== undefined && viewer.staff ? { trace } : {}),
      });
    }
  }
  const present = rows.at(-1)?.after;
  if (present) spend(present.status, now - Date.parse(present.statusSince));
  return { items, totals };
}
