/** Every part of the live bench measures what it says: at a tiny size, nothing here about how fast. */
import * as assert from 'uvu/assert';
import type { Row, Table } from '../../bench/_kit/report.ts';
import { readSettings } from '../../bench/_kit/settings.ts';
import { openStand, type Stand } from '../../bench/_kit/stand.ts';
import { PARTS } from '../../bench/measures/live.ts';
import { type Fixture, spec } from '../_kit/spec.ts';

const TINY = {
  ...readSettings({}),
  runs: 1,
  sockets: 6,
  manySockets: 8,
  boards: 2,
  cards: 4,
  idle: 10,
  changes: 20,
  liveSeconds: 0.4,
  churnMinutes: 0.04,
};

const onStand: Fixture<Stand> = async (lend) => {
  const stand = await openStand(Object.values(PARTS).flatMap((part) => part.sites(TINY)));
  try {
    await lend(stand);
  } finally {
    await stand.close();
  }
};

const test = spec<Stand>('the live bench', onStand, { shared: true, deadlineMs: 60_000 });

const rowsOf = ([table]: readonly Table[]): Readonly<Record<string, Row>> => table?.rows ?? {};

/** Both sides. */
function bothHeardAll(tables: readonly Table[], changes: number, messages?: number): void {
  const rows = Object.entries(rowsOf(tables));
  assert.is(rows.length, 2);
  for (const [name, row] of rows) {
    assert.is(row['changes'], changes, name);
    assert.is(row['missing'], 0, name);
    assert.ok((row['p99 ms'] ?? 0) > 0, `${name}: nothing arrives before it was committed`);
    if (messages !== undefined) assert.is(row['messages'], messages, name);
  }
}

test('every socket of a busy board hears of every change, ours in fewer messages than changes', async (stand) => {
  const tables = await PARTS['board-busy'].measure(stand, TINY);
  bothHeardAll(tables, 8);
  const { andon, ...others } = rowsOf(tables);
  const [plain] = Object.values(others);
  assert.is(plain?.['messages'], 8 * TINY.sockets, 'plain Socket.IO sends each change to each');
  assert.ok((andon?.['messages'] ?? 0) <= 8 * TINY.sockets);
});

test('every socket of a quiet board hears of every change', async (stand) => {
  bothHeardAll(await PARTS['board-quiet'].measure(stand, TINY), 2);
});

test('many boards: a change is heard at its own board alone', async (stand) => {
  const tables = await PARTS['boards-50'].measure(stand, TINY);
  bothHeardAll(tables, 4);
  const { andon: _, ...others } = rowsOf(tables);
  assert.is(Object.values(others)[0]?.['messages'], (4 * TINY.manySockets) / TINY.boards);
});

test('each socket hears of its own order, once for each version', async (stand) => {
  bothHeardAll(await PARTS.tracking.measure(stand, TINY), 40, 40);
});

test('a connection on which nothing happens has a weight', async (stand) => {
  for (const [name, row] of Object.entries(rowsOf(await PARTS.idle.measure(stand, TINY))))
    assert.ok(Number.isFinite(row['KiB held']), name);
});

test('clients whose node was killed come back, ours without being shown the board anew', async (stand) => {
  const rows = rowsOf(await PARTS.resume.measure(stand, TINY));
  for (const [name, row] of Object.entries(rows)) assert.is(row['clients'], TINY.sockets, name);
  assert.is(rows['andon']?.['shown anew'], 0);
  const { andon: _, ...others } = rows;
  assert.is(Object.values(others)[0]?.['statements of the node'], TINY.sockets, 'the peer reads the board for each');
});

test('beside a flood all commands of the others are answered', async (stand) => {
  const rows = Object.entries(rowsOf(await PARTS.flood.measure(stand, TINY)));
  assert.is(rows.length, 4);
  for (const [name, row] of rows) assert.equal([row['commands'], row['refused']], [40, 0], name);
  for (const [name, row] of rows.slice(1)) assert.ok((row['sent/s by the one'] ?? 0) > 0, name);
});

test('clients that come and go leave no open descriptor behind', async (stand) => {
  const [table, growth] = await PARTS.churn.measure(stand, TINY);
  const looks = Object.entries(table?.rows ?? {});
  assert.ok(looks.length >= 5, 'before, some minutes, all gone');
  assert.ok((growth?.rows['two nodes']?.['opened'] ?? 0) > 0);
  const of = (name: string): number => table?.rows[name]?.['descriptors'] ?? 0;
  assert.ok(of('all gone') <= of('before') + TINY.sockets, `${of('before')}, then ${of('all gone')}`);
});
