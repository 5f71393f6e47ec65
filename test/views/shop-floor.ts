/** A small business for tests of the views: an order is somewhere on a board or nowhere, and can move to another site. */
import { randomUUID } from 'node:crypto';
import type { FinishItem } from '../../src/hot/items.ts';
import type { NewRow } from '../../src/log/rows.ts';
import type { BoardPlace, HotProjection, LogRow } from '../../src/runtime/actor.ts';
import type { OrderRow } from '../../src/views/order-row.ts';
import { newRow, next } from '../log/new-row.ts';

export const LANES = ['new', 'in_work', 'made'];
export const SITES = ['north', 'south'];

export interface FloorState {
  readonly site: string;
  /** null = on no board. */
  readonly lane: string | null;
  readonly priority: number;
  readonly updatedAt: string;
  readonly holder?: string;
  /** Can't be folded. */
  readonly broken?: boolean;
}

let clock = Date.parse('2026-11-20T12:00:00Z');
/** Later than everything before. */
function tick(): string {
  clock += 1;
  return new Date(clock).toISOString();
}

const stateOf = (row: Pick<LogRow, 'after'>): FloorState => {
  const state = row.after as FloorState;
  if (state.broken) throw new Error('an event of an unknown shape');
  return state;
};

const recentKey = (id: string, { updatedAt }: FloorState): string =>
  Date.parse(updatedAt).toString(36).padStart(9, '0') + id;
const urgentKey = (id: string, { priority }: FloorState): string => `${9 - priority}${id}`;
const cardOf = (id: string, version: number, state: FloorState): unknown =>
  state.lane === null ? null : { order: id, version, lane: state.lane, priority: state.priority };

export function project(row: LogRow): HotProjection {
  if (row.kind !== 'order') return { places: [], held: [], message: null, notices: [] };
  const [state, was] = [stateOf(row), row.was as FloorState | null];
  const gone = { lane: null, recent: '', urgent: '', card: null };
  const here: BoardPlace = {
    board: state.site,
    lane: state.lane,
    recent: recentKey(row.actor, state),
    urgent: urgentKey(row.actor, state),
    card: cardOf(row.actor, row.version, state),
  };
  const left = was !== null && was.site !== state.site ? [{ board: was.site, ...gone }] : [];
  const hint = (holder: string, held: boolean) => ({ kind: 'operator', holder, slot: 1, held });
  const held = [
    ...(was?.holder && was.holder !== state.holder ? [hint(was.holder, false)] : []),
    ...(state.holder ? [hint(state.holder, true)] : []),
  ];
  return { places: [...left, here], held, message: { version: row.version }, notices: [] };
}

/** As the runtime makes them of a row. */
export function items(row: LogRow): readonly FinishItem[] {
  const { places, held, message } = project(row);
  const { kind, actor, version, commandId } = row;
  return [
    {
      type: 'state',
      kind,
      actor,
      token: null,
      version,
      commandId,
      json: JSON.stringify(row.after),
      message: message && [`${JSON.stringify(message).slice(0, -1)},"state":`, '}'],
    },
    ...places.map(
      ({ board, lane, recent, urgent, card }): FinishItem => ({
        type: 'place',
        board,
        actor,
        version,
        lane: lane ?? '',
        recent,
        urgent,
        card: card === null ? '' : JSON.stringify(card),
      }),
    ),
    ...held.map((hint): FinishItem => ({ type: 'held', actor, ...hint })),
  ];
}

export function orderRow(row: LogRow): OrderRow | undefined {
  if (row.kind !== 'order') return undefined;
  const state = stateOf(row);
  return {
    id: row.actor,
    number: `A-${row.actor.slice(0, 8)}`,
    reference: null,
    site: state.site,
    status: state.lane === null ? 'CLOSED' : 'OPEN',
    lane: state.lane,
    tenant: 'house',
    owner: 'berta',
    version: row.version,
    waiting_for: state.lane === null ? 'nobody' : 'operators',
    due: null,
    priority: state.priority,
    recent: recentKey(row.actor, state),
    urgent: urgentKey(row.actor, state),
    model: 'a-model',
    card: cardOf(row.actor, row.version, state),
    created_at: state.updatedAt,
    updated_at: state.updatedAt,
  };
}

type Change = Partial<Omit<FloorState, 'updatedAt'>>;

/** The first row of an order. */
export const created = (change: Change = {}): NewRow =>
  newRow({ actor: randomUUID(), after: { site: 'north', lane: 'new', priority: 1, ...change, updatedAt: tick() } });

/** The row after it. */
export function changed(row: NewRow, change: Change): NewRow {
  const before = row.after as FloorState;
  return next(row, { after: { ...before, ...change, updatedAt: tick() }, was: before });
}
