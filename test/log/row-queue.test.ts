import * as assert from 'uvu/assert';
import { RowQueue, type Waiting } from '../../src/log/row-queue.ts';
import { spec } from '../_kit/spec.ts';
import { newRow } from './new-row.ts';

const test = spec('the queue of rows');

const row = newRow();
const waiting = (lane: string): Waiting => ({
  row,
  encoded: { row, body: '', sizes: [] },
  lane,
  until: 0,
  resolve: () => undefined,
  reject: () => undefined,
  settled: false,
  sent: false,
  doubted: false,
  tries: 0,
});
const filled = (...lanes: string[]): { queue: RowQueue; rows: Waiting[] } => {
  const queue = new RowQueue();
  const rows = lanes.map(waiting);
  for (const row of rows) queue.add(row);
  return { queue, rows };
};

test('gives one row per actor, sorted; the next of an actor once the first is settled', () => {
  const { queue, rows } = filled('b', 'a', 'b', 'b');
  assert.equal(queue.take(10), [rows[1], rows[0]]);
  assert.equal(queue.take(10), []);
  queue.release(rows[0]!);
  assert.equal(queue.take(10), [rows[2]]);
  queue.release(rows[2]!);
  queue.release(rows[1]!);
  assert.equal(queue.take(10), [rows[3]]);
  queue.release(rows[3]!);
  assert.is(queue.all.size, 0);
});

test('gives at most as many as asked for, in the order they came', () => {
  const { queue, rows } = filled('c', 'b', 'a');
  assert.equal(queue.take(2), [rows[1], rows[0]]);
  assert.is(queue.ready, 1);
  assert.equal(queue.take(2), [rows[2]]);
  assert.is(queue.ready, 0);
});

test('passes over rows that were given up, and lets those behind them go', () => {
  const { queue, rows } = filled('a', 'a', 'a', 'b');
  queue.release(rows[1]!);
  queue.release(rows[0]!);
  assert.equal(queue.take(10), [rows[2], rows[3]]);
  assert.is(queue.all.size, 2);
});

test('stays in order over thousands of rows', () => {
  const queue = new RowQueue();
  const rows = Array.from({ length: 5_000 }, (_, i) => waiting(String(i).padStart(4, '0')));
  const seen: Waiting[] = [];
  for (const row of rows) {
    queue.add(row);
    if (queue.ready === 7) seen.push(...queue.take(3));
  }
  for (let taken = queue.take(32); taken.length > 0; taken = queue.take(32)) seen.push(...taken);
  assert.equal(seen, rows);
});
