/** What one row of an order changes in the hot views: where its card stands, who holds it, who is told what. */
import type { BoardPlace, HeldHint, HotProjection, LogRow } from '../../src/runtime/actor.ts';
import { card } from './card.ts';
import { toldBeside } from './change.ts';
import type { OrderEvent } from './events.ts';
import { laneOf } from './lifecycle.ts';
import { notices } from './notices.ts';
import { recentKey, urgentKey } from './sort-keys.ts';
import type { OrderState } from './state.ts';
import { wasOf } from './was.ts';

export type OrderLogRow = LogRow<OrderState, OrderEvent>;

export const project = (row: OrderLogRow): HotProjection => ({
  places: places(row),
  held: held(row),
  message: toldBeside(row),
  notices: notices(row),
});

/** An order that was never on a board has no place; later ones say it in every row, so that any row alone mends a view. */
function places(row: OrderLogRow): BoardPlace[] {
  const { after } = row;
  if (!after.boarded) return [];
  const here: BoardPlace = {
    board: after.site,
    lane: laneOf(after),
    recent: recentKey(after),
    urgent: urgentKey(after),
    card: card(after, row.version),
  };
  const before = wasOf(row);
  return before === null || before.site === after.site ? [here] : [gone(before.site), here];
}

const gone = (board: string): BoardPlace => ({ board, lane: null, recent: '', urgent: '', card: null });

function held({ after, ...row }: OrderLogRow): HeldHint[] {
  const before = wasOf(row);
  const now = after.capture;
  const hints: HeldHint[] = [];
  if (before?.holder && before.slot !== null && (before.holder !== now?.operator || before.slot !== now.slot)) {
    hints.push({ kind: 'operator', holder: before.holder, slot: before.slot, held: false });
  }
  if (now) hints.push({ kind: 'operator', holder: now.operator, slot: now.slot, held: true });
  return hints;
}
