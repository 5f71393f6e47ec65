/** `andon rebuild`: views made anew from the log while they are served and kept. Says what it found as it goes. */
import { LANES } from '../../actors/order/lifecycle.ts';
import type { Core } from '../../src/core.ts';
import { AndonError } from '../../src/errors.ts';
import { openPool, WALK_SETTINGS } from '../../src/log/connect.ts';
import type { AnyDefinition } from '../../src/runtime/judge.ts';
import { wrongFor } from '../../src/views/audit.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { rebuildFlow } from '../../src/views/flow-rebuild.ts';
import { rebuildBoardPatiently } from '../../src/views/rebuild.ts';
import { rebuildEvents } from '../../src/views/rebuild-events.ts';
import { alone } from '../../src/views/rebuild-lock.ts';
import { rebuildOrders } from '../../src/views/rebuild-table.ts';
import { openViews, type Views } from './views.ts';

/** In the order in which they are made: boards are loaded from the orders. */
export const VIEWS = ['orders', 'boards', 'partner-events', 'flow'] as const;
export type View = (typeof VIEWS)[number];

export interface RebuildRequest {
  readonly view: View | 'all';
  /** Of the boards only this one. */
  readonly site?: string;
  /** What stands in Redis may be ahead of the log (another log was adopted): boards are emptied first. */
  readonly wipe?: boolean;
}

export interface RebuildTools {
  readonly definitions: ReadonlyMap<string, AnyDefinition>;
  readonly sites: readonly string[];
  /** Told a line now and then. */
  told(line: string): void;
  /** A card that is wrong for longer was not just changed, milliseconds. */
  readonly lateMs?: number;
}

/** What was found, per view; of the boards per site. */
export type Found = Readonly<Record<string, Readonly<Record<string, number>>>>;

const CONNECTIONS = 4;
/** Turn and reconciler have done by then what they do, milliseconds. */
const LATE_MS = 2_000;
/** Between two lines about one view, milliseconds. */
const EVERY_MS = 1_000;

/** Throws `invalid`, `rebuild_running` while another one is at work, `rebuild_lost`, or what a store throws. */
export async function rebuildViews(core: Core, request: RebuildRequest, tools: RebuildTools): Promise<Found> {
  const { definitions, sites, told, lateMs = LATE_MS } = tools;
  const { view, site } = request;
  if (site !== undefined && view !== 'boards' && view !== 'all') throw invalid(`${view} has no site; boards have`);
  if (site !== undefined && !sites.includes(site))
    throw invalid(`there is no site ${site}; sites are ${sites.join(', ')}`);
  const wanted = view === 'all' ? VIEWS : VIEWS.filter((one) => one === view);
  if (wanted.length === 0) throw invalid(`there is no view ${view}; views are ${VIEWS.join(', ')} and all`);
  const onError = (error: Error): void => core.log.warn({ error }, 'database connection lost');
  const pool = openPool({ ...core.access, max: CONNECTIONS, settings: WALK_SETTINGS, onError });
  const report = (what: string, details: object): void => core.log.warn({ ...details }, what);
  try {
    const views = openViews(core, definitions, pool, report);
    const cold = new ColdBoard(pool, LANES);
    const found: Record<string, Readonly<Record<string, number>>> = {};
    for (const one of wanted) {
      if (one !== 'boards') {
        found[one] = await alone(pool, one, () => rebuildTable(one, views, told));
        told(`${one}: ${said(found[one])}`);
        continue;
      }
      for (const board of site === undefined ? sites : [site]) {
        const wrong = await wrongFor({ store: views.boards.store, cold }, board, lateMs);
        const { loaded } = await rebuildBoardPatiently(views.boards, board, { wipe: request.wipe ?? false });
        found[`board ${board}`] = { cards: loaded, different: wrong };
        told(`board ${board}: ${said({ cards: loaded, different: wrong })}`);
      }
    }
    return found;
  } finally {
    await pool.end();
  }
}

const invalid = (text: string): AndonError => new AndonError('invalid', text, { expose: true });

const said = (counts: object): string =>
  Object.entries(counts)
    .map(([what, n]) => `${n} ${what}`)
    .join(', ');

function rebuildTable(view: Exclude<View, 'boards'>, views: Views, told: RebuildTools['told']): Promise<Found[string]> {
  let last = performance.now();
  const progress = (what: string) => (n: number) => {
    const now = performance.now();
    if (now - last < EVERY_MS) return;
    last = now;
    told(`${view}: ${n} ${what} so far`);
  };
  switch (view) {
    case 'orders':
      return rebuildOrders(views.table, progress('orders')).then((found) => ({ ...found }));
    case 'partner-events':
      return rebuildEvents(views.events, progress('rows')).then((found) => ({ ...found }));
    case 'flow':
      return rebuildFlow({ ...views.flow, progress: progress('rows') }).then((found) => ({ ...found }));
  }
}
