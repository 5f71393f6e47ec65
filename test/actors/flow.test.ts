import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { OrderEvent } from '../../actors/order/events.ts';
import { ON_HOLD, type Stay, stays, WAY } from '../../actors/order/flow.ts';
import { isFinal, type Status } from '../../actors/order/lifecycle.ts';
import { statusAfter } from '../../actors/order/reached.ts';
import { heldIn } from '../../actors/order/time-held.ts';
import { spec } from '../_kit/spec.ts';
import { atMinute, MINUTE } from './given.ts';
import { logOf } from './log.ts';
import { anyStory, play } from './stories.ts';
import { APPROVED, CAPTURED, COMPLETED, held, INITIATED, PRICE_CALCULATED, SETTINGS, STARTED } from './world.ts';

const RUNS = Number(process.env['LAW_RUNS'] ?? 200);
const test = spec('flow of an order', undefined, { deadlineMs: 30_000 + RUNS * 100 });

/** As the n-th event of a story. */
const heldAt = (n: number): OrderEvent => ({ ...(held() as OrderEvent & { type: 'held' }), since: atMinute(n) });
const RESUMED: OrderEvent = { type: 'resumed', heldMs: 0 };
const REWORKED: OrderEvent = { type: 'reworked', reason: 'surface', priority: 1 };

/** The stays that a story ends, in minutes: each event of it comes a minute after the one before. */
const ended = (story: readonly OrderEvent[]) =>
  logOf(story)
    .flatMap((row) => stays(row))
    .map(({ step, ms }) => [step, ms / MINUTE]);

const sum = (all: readonly Stay[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { step, ms } of all) sums[step] = (sums[step] ?? 0) + ms;
  return sums;
};

test('a stay ends with the row that changes the status; a capture or a release ends none', () => {
  assert.equal(ended(CAPTURED), [
    ['INITIATED', 1],
    ['SUBMITTED', 1],
    ['PRICING', 1],
    ['PRICE_CALCULATED', 1],
  ]);
});

test('the way from submission to making is counted once, when the making begins', () => {
  const way = (story: readonly OrderEvent[]) => ended(story).filter(([step]) => step === WAY);
  assert.equal(way(CAPTURED), []);
  assert.equal(way(STARTED), [[WAY, 5]]);
  const captured: OrderEvent = { type: 'captured', operator: 'o', slot: 1 };
  const again: OrderEvent[] = [...COMPLETED, REWORKED, captured, { type: 'manufacturing-started', operator: 'o' }];
  assert.equal(way(again), [[WAY, 5]]);
});

test('who changes his mind on the way is still on it', () => {
  const changed: OrderEvent = { type: 'settings-changed', settings: SETTINGS, revision: 2 };
  const story = [...APPROVED, changed, ...STARTED.slice(INITIATED.length + 1)];
  assert.equal(ended(story).at(-1), [WAY, 5 + 4]);
});

test('time on hold is a stay of its own and not of the status', () => {
  const story = [...PRICE_CALCULATED, heldAt(4), RESUMED, heldAt(6), RESUMED, APPROVED.at(-1)!];
  assert.equal(ended(story).slice(3), [
    [ON_HOLD, 1],
    [ON_HOLD, 1],
    ['PRICE_CALCULATED', 3],
  ]);
});

test('a hold over two statuses is taken from each for as long as it was there', () => {
  const story = [...PRICE_CALCULATED.slice(0, -1), heldAt(3), PRICE_CALCULATED.at(-1)!, RESUMED, APPROVED.at(-1)!];
  assert.equal(ended(story).slice(2), [
    ['PRICING', 1],
    [ON_HOLD, 2],
    ['PRICE_CALCULATED', 1],
  ]);
});

test('what is on hold to its end was on hold until then', () => {
  const story: OrderEvent[] = [...APPROVED, heldAt(5), { type: 'rejected', reason: 'not-makeable' }];
  assert.equal(ended(story).slice(4), [
    ['MANUFACTURING_APPROVED', 1],
    [ON_HOLD, 1],
  ]);
});

test('a stay counts at the site where it ends', () => {
  const moved: OrderEvent = { type: 'moved', from: 'north', site: 'south' };
  const [stay] = stays(logOf([...APPROVED, moved, ...STARTED.slice(APPROVED.length)]).at(-1)!);
  assert.equal([stay?.site, stay?.step], ['south', 'MANUFACTURING_APPROVED']);
});

test('a row from before holds and submissions were noted ends its status all the same', () => {
  const row = logOf(STARTED).at(-1)!;
  const { site, lane, status, statusSince, holder, slot } = row.was as Record<string, unknown>;
  const old = { ...row, was: { site, lane, status, statusSince, holder, slot } };
  assert.equal(
    stays(old).map(({ step }) => step),
    ['MANUFACTURING_APPROVED'],
  );
});

test('a clock that went back gives no stay below nothing', () => {
  const row = { ...logOf(STARTED).at(-1)!, at: '2020-01-01T00:00:00.000Z' };
  assert.equal(
    stays(row).map(({ ms }) => ms),
    [0, 0],
  );
});

test('the status after a row is told by its events alone', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      for (const { was, events, after } of play(story).rows)
        assert.is(statusAfter((was as { status: Status } | null)?.status ?? 'INITIATED', events), after.status);
    }),
    { numRuns: RUNS },
  );
});

test('all stays of an order and what goes on make up its life, each status and the holds', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const { rows, now } = play(story);
      const last = rows.at(-1);
      if (last === undefined) return;
      const until = new Date(now).toISOString();
      const { [WAY]: _, ...sums } = sum(rows.flatMap((row) => stays(row)));
      const { status, statusSince, heldMs = 0, hold } = last.after;
      const here = now - Date.parse(statusSince) - heldMs - (hold ? heldIn(last.after, hold.since, until) : 0);
      sums[status] = (sums[status] ?? 0) + here;
      if (hold) sums[ON_HOLD] = (sums[ON_HOLD] ?? 0) + now - Date.parse(hold.since);
      const segments: Record<string, number> = {};
      for (const [n, { at, after }] of rows.entries()) {
        const step = after.hold ? ON_HOLD : after.status;
        segments[step] = (segments[step] ?? 0) + Date.parse(rows[n + 1]?.at ?? until) - Date.parse(at);
      }
      const some = (all: Record<string, number>) =>
        Object.entries(all)
          .filter(([, ms]) => ms > 0)
          .toSorted();
      assert.equal(some(sums), some(segments));
      if (isFinal(status)) assert.is(hold, undefined);
    }),
    { numRuns: RUNS },
  );
});
