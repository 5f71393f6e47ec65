/** The keeper process: what follows the log. Each duty has one owner among all keepers. */
import { told } from '../../actors/order/change.ts';
import { LANES } from '../../actors/order/lifecycle.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import { orderRow } from '../../actors/order/row.ts';
import { HOUSE } from '../../actors/roles.ts';
import type { Core } from '../../src/core.ts';
import { stillWaiting } from '../../src/files/models.ts';
import { sweepFiles } from '../../src/files/open.ts';
import { clientConfig, openPool } from '../../src/log/connect.ts';
import { eventId } from '../../src/log/event-id.ts';
import { quarantine } from '../../src/log/quarantine.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import type { LogRow } from '../../src/runtime/actor.ts';
import { applyItems } from '../../src/runtime/apply.ts';
import { Duty } from '../../src/runtime/duty.ts';
import { AdvisoryLeases } from '../../src/runtime/duty-advisory.ts';
import { RedlockLeases } from '../../src/runtime/duty-redlock.ts';
import type { AnyDefinition } from '../../src/runtime/judge.ts';
import { upcastRow } from '../../src/runtime/upcast-row.ts';
import { BoardStore } from '../../src/views/board.ts';
import { ColdBoard } from '../../src/views/cold.ts';
import { EventFeed } from '../../src/views/event-feed.ts';
import { follow } from '../../src/views/follow.ts';
import { Mender } from '../../src/views/mend.ts';
import { Reconciler } from '../../src/views/reconcile.ts';
import { watchStalls } from '../../src/views/stall-watch.ts';
import { TableFeed } from '../../src/views/table.ts';
import { renderEvents } from '../contract/partner-event.ts';
import { brokerDuties } from './broker-duties.ts';
import { type PresenceTools, presenceDuty } from './presence.ts';

export interface KeeperTools extends Omit<PresenceTools, 'report'> {
  readonly definitions: ReadonlyMap<string, AnyDefinition>;
}

const CONNECTIONS = 4;
/** Feeds that stand still for longer are told of, milliseconds. */
const STALL_MS = 5_000;
const HOUR_MS = 3_600_000;
/** What an upload left behind when its node was killed. */
const LEFT_BEHIND_MS = 24 * HOUR_MS;

const ORDER = 'order';

export interface Keeper {
  /** Gives the duties back. */
  stop(): Promise<void>;
}

export function openKeeper(core: Core, tools: KeeperTools): Keeper {
  const { definitions, sites } = tools;
  const { config, log, redis, keys, hot, reader, access, broker } = core;
  const pool = openPool({
    ...access,
    max: CONNECTIONS,
    settings: READ_SETTINGS,
    onError: (error) => log.warn({ error }, 'database connection lost'),
  });
  const report = (what: string, details: Readonly<Record<string, unknown>>): void => log.warn({ ...details }, what);
  const putAside = async (kind: string, actor: string, why: string): Promise<void> => {
    log.error({ event_type: 'quarantined', kind, actor, why }, 'an actor was put into quarantine');
    await quarantine(core.pool, kind, actor, why);
    await hot.finish([{ type: 'quarantine', kind, actor, quarantined: true }]).catch(() => undefined);
  };
  const folded = (row: LogRow): [AnyDefinition, LogRow<unknown, { readonly type: string }>] => {
    const definition = definitions.get(row.kind);
    if (definition === undefined) throw new Error(`no actor of kind ${row.kind}`);
    return [definition, upcastRow(definition, row)];
  };
  const project = (row: LogRow) => {
    const [definition, present] = folded(row);
    return definition.project(present);
  };
  const items = (row: LogRow) => {
    const [definition, present] = folded(row);
    return applyItems(definition, present, null);
  };
  const newest = async (kind: string, actor: string): Promise<LogRow | undefined> => {
    const [head] = await reader.heads([{ kind, actor }]);
    if (head === undefined) return undefined;
    return (await reader.rows(kind, actor, head.version - 1, 1))[0];
  };
  const table = new TableFeed({
    pool,
    orderRow: (row) => (row.kind === ORDER ? orderRow(folded(row)[1] as OrderLogRow) : undefined),
    quarantine: putAside,
    report,
  });
  const events = new EventFeed({
    pool,
    kind: ORDER,
    house: HOUSE,
    events: (row) => {
      const changed = told(folded(row)[1] as OrderLogRow);
      return { tenant: changed.after.tenant, events: renderEvents(changed, (n) => eventId(row, n)) };
    },
    quarantine: putAside,
    report,
  });
  const boards = new Reconciler({
    redis,
    keys,
    hot,
    pool,
    newest,
    items,
    report,
    boards: sites,
    lanes: LANES,
    kind: ORDER,
    streamKeep: config.streamKeep,
    store: new BoardStore({ redis, keys, lanes: LANES }),
    cold: new ColdBoard(pool, LANES),
    mender: new Mender({ redis, keys, hot, project, items, quarantine: putAside }),
  });
  const leases = [new RedlockLeases(redis, keys), new AdvisoryLeases(clientConfig(access), config.prefix)];
  const duty = (name: string, run: (signal: AbortSignal) => Promise<void>): Duty =>
    new Duty({ name, leases, leaseMs: config.dutyLeaseMs, report, run });
  const sweep = async (): Promise<false> => {
    await sweepFiles(config, LEFT_BEHIND_MS, (found) => stillWaiting(pool, found));
    return false;
  };
  const atBroker =
    broker === undefined ? [] : brokerDuties(core, broker, { pool, folded: (row) => folded(row)[1], report });
  const duties = [
    ...atBroker.map(([name, run]) => duty(name, run)),
    duty('orders', (signal) => table.run(signal)),
    duty('partner-events', (signal) => events.run(signal)),
    duty('boards', (signal) => boards.run(signal)),
    duty('presence', presenceDuty(core, pool, { ...tools, report })),
    duty('stalls', (signal) => watchStalls({ pool, tolerateMs: STALL_MS, everyMs: STALL_MS, report }, signal)),
    // Of a node's own spool only keepers there can take care.
    duty(config.spoolNode === '' ? 'uploads' : `uploads-${config.spoolNode}`, (signal) =>
      follow(signal, sweep, { pauseMs: HOUR_MS, report: (error) => report('uploads', { error }) }),
    ),
  ];
  return {
    async stop() {
      await Promise.all(duties.map((held) => held.stop()));
      await pool.end();
    },
  };
}
