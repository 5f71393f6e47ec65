import * as assert from 'uvu/assert';
import type { TimelineItem } from '../../gateways/contract/timeline.ts';
import { shares, timelineRows } from '../../web/ui/timeline-rows.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('rows of a timeline');

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
let version = 0;
const item = (minute: number, type: string, more: Partial<TimelineItem> = {}): TimelineItem => ({
  version: ++version,
  at: at(minute),
  type,
  by: { role: 'system' },
  ...more,
});
const STORY: readonly TimelineItem[] = [
  item(0, 'created', { to: 'INITIATED' }),
  item(2, 'submitted', { from: 'INITIATED', to: 'SUBMITTED' }),
  item(3, 'held'),
  item(9, 'resumed'),
  item(12, 'priced', { from: 'SUBMITTED', to: 'PRICE_CALCULATED' }),
  item(13, 'priority-set'),
  item(20, 'approved', { from: 'PRICE_CALCULATED', to: 'MANUFACTURING_APPROVED' }),
  item(25, 'held'),
];
const MINUTE = 60_000;
const spans = (p95: number | undefined, now = 30) =>
  timelineRows(STORY, () => p95, now * MINUTE).map(({ span }) => span && [span.ms / MINUTE, span.heldMs / MINUTE]);

test('each step has how long its status lasted, and how much of that it was on hold', () => {
  assert.equal(spans(undefined), [[2, 0], [10, 6], undefined, undefined, [8, 0], undefined, [10, 5], undefined]);
});

test('only the present status goes on', () => {
  const open = timelineRows(STORY, () => 1, 30 * MINUTE).map(({ span }) => span?.open);
  assert.equal(open, [false, false, undefined, undefined, false, undefined, true, undefined]);
  assert.equal(spans(1, 40).at(-2), [20, 15]);
});

test('longer than usual is told without the time on hold', () => {
  const over = (p95: number) => timelineRows(STORY, () => p95 * MINUTE, 30 * MINUTE).map(({ span }) => span?.over);
  assert.is(over(5)[1], false, '10 min, 6 of them held');
  assert.is(over(3)[1], true);
  assert.is(over(7)[4], true);
  assert.not(timelineRows(STORY, () => undefined, 0).some(({ span }) => span?.over));
});

test('an order that has ended stays so for ever: that is no stay', () => {
  const ended = timelineRows([item(0, 'cancelled', { from: 'SUBMITTED', to: 'CANCELLED' })], () => 1, 9e9);
  assert.is(ended[0]?.span, undefined);
});

test('bar, hold and tick never leave the axis', () => {
  for (const [ms, heldMs, p95] of [
    [0, 0, 0],
    [10, 4, 5],
    [10, 10, 500],
    [10, 0, undefined],
  ] as const) {
    const { work, held, tick = 0 } = shares({ ms, heldMs, open: false, over: false, ...(p95 ? { p95 } : {}) });
    assert.ok(work >= 0 && held >= 0 && work + held <= 1 && tick <= 1, `${ms} ${heldMs} ${p95}`);
  }
});
