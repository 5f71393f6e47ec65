/** The views over a fresh database and a Redis of one's own, with the business of shop-floor.ts. */

import type { FinishItem } from '../../src/hot/items.ts';
import type { Batcher } from '../../src/log/batch.ts';
import { quarantine } from '../../src/log/quarantine.ts';
import { LogReader } from '../../src/log/read.ts';
import type { NewRow } from '../../src/log/rows.ts';
import { BoardStore } from '../../src/views/board.ts';
import { Boards } from '../../src/views/boards.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { Mender } from '../../src/views/mend.ts';
import type { RebuildOptions } from '../../src/views/rebuild.ts';
import { Reconciler } from '../../src/views/reconcile.ts';
import { TableFeed } from '../../src/views/table.ts';
import type { Fixture } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OwnHot, withOwnHot } from '../hot/open-hot.ts';
import { type OpenLog, withOpenLog } from '../log/open-log.ts';
import { items, LANES, orderRow, project, SITES } from './shop-floor.ts';

export interface OpenViews extends OpenLog, OwnHot {
  readonly store: BoardStore;
  readonly cold: ColdBoard;
  readonly boards: Boards;
  readonly table: TableFeed;
  readonly reconciler: Reconciler;
  readonly rebuild: RebuildOptions;
  /** Appends rows, one after the other. */
  append(...rows: readonly NewRow[]): Promise<void>;
  /** Does what a turn does after its row was appended. */
  apply(...rows: readonly NewRow[]): Promise<void>;
  /** Runs the feeds until nothing is left. */
  settle(): Promise<void>;
}

export const withViews: Fixture<OpenViews> = (lend, title) =>
  withOpenLog(
    (log) =>
      withOwnHot()(async (hot) => {
        let batcher: Batcher | undefined;
        const reader = new LogReader(log.pool);
        const { redis, keys } = hot;
        const store = new BoardStore({ redis, keys, lanes: LANES });
        const cold = new ColdBoard(log.pool, LANES);
        const putAway = async (kind: string, actor: string, why: string): Promise<void> => {
          await quarantine(log.pool, kind, actor, why);
          await hot.hot.finish([{ type: 'quarantine', kind, actor, quarantined: true }]);
        };
        const newest = async (kind: string, actor: string) => {
          const [head] = await reader.heads([{ kind, actor }]);
          return head && (await reader.rows(kind, actor, head.version - 1, 1))[0];
        };
        const report = () => undefined;
        const mender = new Mender({ redis, keys, hot: hot.hot, project, items, quarantine: putAway });
        const rebuild: RebuildOptions = {
          redis,
          keys,
          hot: hot.hot,
          pool: log.pool,
          store,
          mender,
          lanes: LANES,
          streamKeep: 1_000,
          kind: 'order',
          newest,
          items,
        };
        const table = new TableFeed({ pool: log.pool, orderRow, quarantine: putAway, report, pauseMs: 20 });
        const reconciler = new Reconciler({ ...rebuild, cold, boards: SITES, report, pauseMs: 20 });
        await lend({
          ...log,
          ...hot,
          store,
          cold,
          boards: new Boards(store, cold),
          table,
          reconciler,
          rebuild,
          async append(...rows) {
            batcher ??= await log.batcher();
            for (const row of rows) {
              const { result } = await batcher.append(row);
              if (result !== 'won') throw new Error(`the row was not appended: ${result}`);
            }
          },
          async apply(...rows) {
            const all = rows.flatMap((row): readonly FinishItem[] => items(row));
            await hot.hot.finish(all);
          },
          async settle() {
            const visible = async (): Promise<boolean> => {
              const [line] = await log.see<{ waits: boolean }>(
                `select exists (select from actor_log where xid >= pg_snapshot_xmin(pg_current_snapshot())) as waits`,
              );
              return line?.waits === false;
            };
            await until('every row may be read', visible);
            while (await table.step());
            while (await reconciler.step());
          },
        });
      }, title),
    title,
  );
