import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Guard, type Told } from '../../src/live/guard.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('guard');

const versions = (from: number, to: number): Told[] =>
  Array.from({ length: to - from }, (_, i) => ({ version: from + i + 1 }));

test('every version once and in order, whatever is lost, doubled or comes late', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 20 }),
      async (messages, since) => {
        const seen: number[] = [];
        let head = since;
        const guard = new Guard({
          rows: async (after) => versions(after, head),
          show: ({ version }) => seen.push(version) > 0,
        });
        const half = messages.length / 2;
        messages.forEach((version, i) => {
          if (i === Math.floor(half)) guard.open(since);
          head = Math.max(head, version);
          guard.take({ version });
        });
        guard.open(since);
        guard.reach(head);
        await until('the head is reached', () => guard.last === head);
        assert.equal(
          seen,
          versions(since, head).map(({ version }) => version),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('messages before the opening are held back', () => {
  const seen: number[] = [];
  const guard = new Guard<Told>({ rows: async () => [], show: ({ version }) => seen.push(version) > 0 });
  guard.take({ version: 3 });
  guard.take({ version: 4 });
  assert.equal(seen, []);
  guard.open(3);
  assert.equal(seen, [4]);
});

test('a failing log is asked again at the next message', async () => {
  const seen: number[] = [];
  let away = true;
  const guard = new Guard({
    rows: async (after) => {
      if (away) throw new Error('away');
      return versions(after, 5);
    },
    show: ({ version }) => seen.push(version) > 0,
  });
  guard.open(1);
  guard.take({ version: 4 });
  await until('the log was asked', () => guard.last === 1);
  away = false;
  guard.reach(5);
  await until('all are seen', () => seen.length === 4);
  assert.equal(seen, [2, 3, 4, 5]);
});

test('who can take no more is shown the rest from the log, later', async () => {
  const seen: number[] = [];
  const guard = new Guard<Told>({
    rows: async (after) => versions(after, 5),
    show: ({ version }) => seen.push(version) !== 2,
  });
  guard.open(0);
  for (const row of versions(0, 4)) guard.take(row);
  assert.equal(seen, [1, 2]);
  guard.resume();
  await until('the rest is seen', () => seen.length >= 4);
  assert.equal(seen.slice(0, 4), [1, 2, 3, 4]);
});

test('nothing is shown after the end', () => {
  const seen: number[] = [];
  const guard = new Guard<Told>({ rows: async () => [], show: ({ version }) => seen.push(version) > 0 });
  guard.open(0);
  guard.close();
  guard.take({ version: 1 });
  assert.equal(seen, []);
});
