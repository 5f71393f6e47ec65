/** The story of one order, from its log: what happened, who did it, how long each status lasted. */
import Type, { type Static } from 'typebox';
import { type Told, timeline } from '../../actors/order/change.ts';
import { ON_HOLD } from '../../actors/order/flow.ts';
import { type Waited as StoredWaited, waitedInAll, waitedUntil } from '../../actors/order/waited.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { renderWaiting, Status, Waiting, WaitingFor } from './order.ts';
import { By, by, type NameOf, Person, person, Time, type Viewer } from './shapes.ts';

export const Waited = Type.Object({
  for: WaitingFor,
  who: Type.Optional(Person),
  reason: Type.String(),
  ms: Type.Integer(),
});
export type Waited = Static<typeof Waited>;

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
  /** Whom the order no longer waits for since then; staff sees who that was. */
  waited: Type.Optional(Waited),
});
export type TimelineItem = Static<typeof TimelineItem>;

export const Timeline = Type.Object({
  items: Type.Array(TimelineItem),
  totals: Type.Record(Type.String(), Type.Integer(), {
    description: 'milliseconds spent in each status so far, the present one included; time on hold apart, as ON_HOLD',
  }),
  waited: Type.Array(Type.Omit(Waited, ['who']), {
    description: 'for whom it waited so far and why, in all, the present wait included; adds up to its age',
  }),
  waiting: Waiting,
});
export type Timeline = Static<typeof Timeline>;

/** Ids of the staff that `renderTimeline` will name. */
export const personsInStory = (rows: readonly Told[]): string[] =>
  rows.flatMap(({ by: { id }, after: { capture } }) => (capture ? [id, capture.operator] : [id]));

/** `rows`: all of one order, in order of version. `now`: milliseconds since 1970. Throws for an order without rows. */
export function renderTimeline(rows: readonly Told[], viewer: Viewer, nameOf: NameOf, now: number): Timeline {
  const items: TimelineItem[] = [];
  for (const [n, row] of rows.entries()) {
    const told = timeline(row);
    const waited = waitedUntil(rows[n - 1]?.after, row);
    for (const [i, { internal, reason, trace, by: who, ...item }] of told.entries()) {
      items.push({
        ...item,
        by: by(who.id, viewer, nameOf, who.role),
        ...(reason !== undefined && (viewer.staff || !internal) ? { reason } : {}),
        ...(trace !== undefined && viewer.staff ? { trace } : {}),
        ...(waited !== undefined && i === told.length - 1 ? { waited: renderWaited(waited, viewer, nameOf) } : {}),
      });
    }
  }
  const last = rows.at(-1);
  if (last === undefined) throw new Error('an order without rows has no story');
  return {
    items,
    totals: totalsOf(rows, now),
    waited: waitedInAll(rows, now),
    waiting: renderWaiting(waiting(last.after), viewer, nameOf),
  };
}

/** `who` is a person of the staff: nobody else is told. */
function renderWaited({ for: whom, who, reason, ms }: StoredWaited, viewer: Viewer, nameOf: NameOf): Waited {
  return { for: whom, ...(viewer.staff && who !== undefined ? { who: person(who, nameOf) } : {}), reason, ms };
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
