/** The keeper process: what follows the log. Each duty has one owner among all keepers. */
import { LANES } from '../../actors/order/lifecycle.ts';
import type { Core } from '../../src/core.ts';
import { stillWaiting } from '../../src/files/models.ts';
import { sweepFiles } from '../../src/files/open.ts';
import { clientConfig, openPool } from '../../src/log/connect.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { Duty } from '../../src/runtime/duty.ts';
import { AdvisoryLeases } from '../../src/runtime/duty-advisory.ts';
import { RedlockLeases } from '../../src/runtime/duty-redlock.ts';
import type { AnyDefinition } from '../../src/runtime/judge.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { EventFeed } from '../../src/views/event-feed.ts';
import { FeedTail } from '../../src/views/feed-tail.ts';
import { FlowFeed } from '../../src/views/flow-feed.ts';
import { follow } from '../../src/views/follow.ts';
import { Reconciler } from '../../src/views/reconcile.ts';
import { watchStalls } from '../../src/views/stall-watch.ts';
import { TableFeed } from '../../src/views/table.ts';
import { brokerDuties } from './broker-duties.ts';
import { sweepLeftBehind } from './left-behind.ts';
import { type PresenceTools, presenceDuty } from './presence.ts';
import { openViews } from './views.ts';

export interface KeeperTools extends Omit<PresenceTools, 'report'> {
  readonly definitions: ReadonlyMap<string, AnyDefinition>;
}

const CONNECTIONS = 4;
/** Feeds that stand still for longer are told of, milliseconds. */
const STALL_MS = 5_000;
const HOUR_MS = 3_600_000;
/** What an upload left behind when its node was killed. */
const LEFT_BEHIND_MS = 24 * HOUR_MS;

export interface Keeper {
  /** Gives the duties back. */
  stop(): Promise<void>;
}

export function openKeeper(core: Core, tools: KeeperTools): Keeper {
  const { definitions, sites } = tools;
  const { config, log, redis, keys, access, broker } = core;
  const pool = openPool({
    ...access,
    max: CONNECTIONS,
    settings: READ_SETTINGS,
    onError: (error) => log.warn({ error }, 'database connection lost'),
  });
  const report = (what: string, details: Readonly<Record<string, unknown>>): void => log.warn({ ...details }, what);
  const views = openViews(core, definitions, pool, report);
  const source = new FeedTail(pool);
  const table = new TableFeed({ ...views.table, source, report });
  const events = new EventFeed({ ...views.events, source });
  const flow = new FlowFeed({ ...views.flow, source });
  const boards = new Reconciler({ ...views.boards, source, cold: new ColdBoard(pool, LANES), boards: sites, report });
  const leases = [new RedlockLeases(redis, keys), new AdvisoryLeases(clientConfig(access), config.prefix)];
  const duty = (name: string, run: (signal: AbortSignal) => Promise<void>): Duty =>
    new Duty({ name, leases, leaseMs: config.dutyLeaseMs, report, run });
  const sweep = async (): Promise<false> => {
    await sweepFiles(config, LEFT_BEHIND_MS, (found) => stillWaiting(pool, found));
    return false;
  };
  const atBroker =
    broker === undefined ? [] : brokerDuties(core, broker, { pool, source, folded: views.folded, report });
  const duties = [
    ...atBroker.map(([name, run]) => duty(name, run)),
    duty('orders', (signal) => table.run(signal)),
    duty('partner-events', (signal) => events.run(signal)),
    duty('flow', (signal) => flow.run(signal)),
    duty('boards', (signal) => boards.run(signal)),
    duty('presence', presenceDuty(core, pool, { ...tools, report })),
    duty('stalls', (signal) => watchStalls({ pool, tolerateMs: STALL_MS, everyMs: STALL_MS, report }, signal)),
    duty('left-behind', (signal) =>
      follow(signal, () => sweepLeftBehind(core, pool, report), {
        pauseMs: HOUR_MS,
        report: (error) => report('what was left behind could not be swept', { error }),
      }),
    ),
    // Of a node's own spool only keepers there can take care.
    duty(config.spoolNode === '' ? 'uploads' : `uploads-${config.spoolNode}`, (signal) =>
      follow(signal, sweep, {
        pauseMs: HOUR_MS,
        report: (error) => report('broken uploads could not be swept', { error }),
      }),
    ),
  ];
  return {
    async stop() {
      await Promise.all(duties.map((held) => held.stop()));
      await pool.end();
    },
  };
}
