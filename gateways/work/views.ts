/** What the views are made of: the business of their rows, the same for the feeds that keep them and for a rebuild. */
import { told } from '../../actors/order/change.ts';
import { type FlowRow, stays } from '../../actors/order/flow.ts';
import { LANES } from '../../actors/order/lifecycle.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import { orderRow } from '../../actors/order/row.ts';
import { HOUSE } from '../../actors/roles.ts';
import type { Core } from '../../src/core.ts';
import { eventId } from '../../src/log/event-id.ts';
import { quarantine } from '../../src/log/quarantine.ts';
import type { Queryable } from '../../src/log/statement.ts';
import type { LogRow } from '../../src/runtime/actor.ts';
import { applyItems } from '../../src/runtime/apply.ts';
import type { AnyDefinition } from '../../src/runtime/judge.ts';
import { upcastRow } from '../../src/runtime/upcast-row.ts';
import { BoardStore } from '../../src/views/board.ts';
import type { EventFeedOptions } from '../../src/views/event-feed.ts';
import type { FlowOptions } from '../../src/views/flow-feed.ts';
import { Mender } from '../../src/views/mend.ts';
import type { RebuildOptions } from '../../src/views/rebuild.ts';
import type { RebuildTableOptions } from '../../src/views/rebuild-table.ts';
import { renderEvents } from '../contract/partner-event.ts';

const ORDER = order.kind;

/** Its state is not looked at, and so not brought into the shape of today. */
const flowRow = ({ at, was, events, stateVersion }: LogRow): FlowRow => ({
  at,
  was,
  events: events.map((event) => order.upcastEvent(event, stateVersion)),
});

export interface Views {
  /** A row in the shapes of today. Throws for a kind that there is not. */
  folded(row: LogRow): LogRow<unknown, { readonly type: string }>;
  readonly table: RebuildTableOptions;
  readonly events: Omit<EventFeedOptions, 'pauseMs'>;
  readonly flow: FlowOptions;
  readonly boards: RebuildOptions;
}

/** `pool`: with `READ_SETTINGS`. */
export function openViews(
  core: Core,
  definitions: ReadonlyMap<string, AnyDefinition>,
  pool: Queryable,
  report: (what: string, details: Readonly<Record<string, unknown>>) => void,
): Views {
  const { config, log, redis, keys, hot, reader } = core;
  const putAside = async (kind: string, actor: string, why: string): Promise<void> => {
    log.error({ event_type: 'quarantined', kind, actor, why }, 'an actor was put into quarantine');
    await quarantine(core.pool, kind, actor, why);
    await hot.finish([{ type: 'quarantine', kind, actor, quarantined: true }]).catch(() => undefined);
  };
  const withDefinition = (row: LogRow): [AnyDefinition, LogRow<unknown, { readonly type: string }>] => {
    const definition = definitions.get(row.kind);
    if (definition === undefined) throw new Error(`no actor of kind ${row.kind}`);
    return [definition, upcastRow(definition, row)];
  };
  const folded = (row: LogRow) => withDefinition(row)[1];
  const project = (row: LogRow) => {
    const [definition, present] = withDefinition(row);
    return definition.project(present);
  };
  const items = (row: LogRow) => {
    const [definition, present] = withDefinition(row);
    return applyItems(definition, present, null);
  };
  const newest = async (kind: string, actor: string): Promise<LogRow | undefined> => {
    const [head] = await reader.heads([{ kind, actor }]);
    if (head === undefined) return undefined;
    return (await reader.rows(kind, actor, head.version - 1, 1))[0];
  };
  return {
    folded,
    table: {
      pool,
      kind: ORDER,
      newest,
      orderRow: (row) => (row.kind === ORDER ? orderRow(folded(row) as OrderLogRow) : undefined),
      quarantine: putAside,
    },
    events: {
      pool,
      kind: ORDER,
      house: HOUSE,
      events: (row) => {
        const changed = told(folded(row) as OrderLogRow);
        return { tenant: changed.after.tenant, events: renderEvents(changed, (n) => eventId(row, n)) };
      },
      quarantine: putAside,
      report,
    },
    flow: {
      pool,
      stays: (row) => (row.kind === ORDER ? stays(flowRow(row)) : []),
      report,
    },
    boards: {
      redis,
      keys,
      hot,
      pool,
      newest,
      items,
      lanes: LANES,
      kind: ORDER,
      streamKeep: config.streamKeep,
      store: new BoardStore({ redis, keys, lanes: LANES }),
      mender: new Mender({ redis, keys, hot, project, items, quarantine: putAside }),
    },
  };
}
