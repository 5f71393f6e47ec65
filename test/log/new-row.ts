/** Rows for tests of the log: valid ones, with what a test wants to say overriding the rest. */
import { randomUUID } from 'node:crypto';
import type { NewRow } from '../../src/log/rows.ts';

export const ISSUER = { role: 'operator', roles: ['operator'], id: 'anna', tenant: 'house', site: 'north' };

export function newRow(over: Partial<NewRow> = {}): NewRow {
  const version = over.version ?? 1;
  return {
    kind: 'order',
    actor: randomUUID(),
    version,
    base: null,
    commandId: randomUUID(),
    hash: 'hash',
    issuer: ISSUER,
    at: new Date().toISOString(),
    events: [{ type: 'happened', version }],
    after: { version },
    stateVersion: 1,
    was: null,
    trace: null,
    takes: [],
    frees: [],
    jobs: [],
    done: [],
    ...over,
  };
}

/** The row after `row`, of the same actor. */
export const next = (row: NewRow, over: Partial<NewRow> = {}): NewRow =>
  newRow({ kind: row.kind, actor: row.actor, version: row.version + 1, base: row.commandId, ...over });
