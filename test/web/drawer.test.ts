/** What the drawer says of an order's way and of its time. */
import * as assert from 'uvu/assert';
import type { TimelineItem } from '../../gateways/contract/timeline.ts';
import { stagesOf } from '../../web/board/drawer/stages.ts';
import { barOf, rowsOf, TICK } from '../../web/board/drawer/timeline-rows.ts';
import { weighed } from '../../web/board/usual.ts';
import { usually } from '../../web/text/usual.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('an order in the drawer');
const MIN = 60_000;
const begin = Date.parse('2026-03-02T08:00:00.000Z');
let version = 0;
const item = (minute: number, type: string, to?: string, from?: string): TimelineItem =>
  ({
    version: ++version,
    at: new Date(begin + minute * MIN).toISOString(),
    type,
    by: {},
    ...(to === undefined ? {} : { to }),
    ...(from === undefined ? {} : { from }),
  }) as TimelineItem;

const STORY = [
  item(0, 'submitted', 'SUBMITTED'),
  item(1, 'priced', 'PRICE_CALCULATED'),
  item(19, 'approved', 'MANUFACTURING_APPROVED'),
  item(70, 'captured'),
  item(77, 'manufacturing-started', 'MANUFACTURING_STARTED'),
  item(90, 'held'),
  item(112, 'resumed'),
];
const USUAL = {
  SUBMITTED: { median: MIN, p95: 3 * MIN },
  MANUFACTURING_APPROVED: { median: 8 * MIN, p95: 35 * MIN },
  MANUFACTURING_STARTED: { median: 35 * MIN, p95: 70 * MIN },
};
const rows = rowsOf(STORY, USUAL, begin + 163 * MIN);
const row = (type: string) => rows.find((one) => one.item.type === type)!;

test('the newest stands first, and each status lasts until the next one', () => {
  assert.is(rows[0]!.item.type, 'resumed');
  assert.is(row('submitted').ms, MIN);
  assert.is(row('approved').ms, 58 * MIN);
  assert.is(row('captured').ms, 7 * MIN);
  assert.is(row('held').ms, 22 * MIN);
  assert.is(row('resumed').ms, undefined, 'over at once');
});

test('what is longer than 95 of 100 is over its tick, and time on hold does not count against it', () => {
  assert.is(row('approved').over, true);
  assert.ok(barOf(row('approved'))!.length > TICK);
  const started = row('manufacturing-started');
  assert.is(started.ms, 86 * MIN);
  assert.is(started.over, false, '64 of 86 minutes were work');
  assert.equal(started.held, [{ from: 13 * MIN, to: 35 * MIN }]);
  assert.is(started.open, true);
  assert.is(started.lamp, 'flow');
});

test('a bar ends with its axis, and where nothing is usual there is none', () => {
  const long = rowsOf([STORY[0]!], USUAL, begin + 9_000 * MIN)[0]!;
  assert.is(barOf(long)!.length, 1);
  assert.is(barOf(row('priced')), undefined);
});

test('an order that has ended lasts no longer', () => {
  const ended = rowsOf(
    [...STORY, item(120, 'cancelled', 'CANCELLED', 'MANUFACTURING_STARTED')],
    USUAL,
    begin + 999 * MIN,
  );
  assert.is(ended[0]!.ms, undefined);
  assert.is(
    ended.some(({ open }) => open),
    false,
  );
});

const calm = { held: false, cancelling: false, items: [] };
const marks = (standing: Parameters<typeof stagesOf>[0]): string =>
  stagesOf(standing)
    .map(({ is, lamp }) => (is === 'now' ? lamp : is))
    .join(' ');

test('the cord says what is done, now and ahead', () => {
  assert.is(marks({ ...calm, status: 'MANUFACTURING_STARTED' }), 'done done done flow next next next');
  assert.is(marks({ ...calm, status: 'DELIVERED' }), 'done done done done done done done');
  assert.is(marks({ ...calm, status: 'INITIATED' }), 'next next next next next next next');
});

test('a side exit stands where the order left its way', () => {
  const items = [{ from: 'MANUFACTURING_APPROVED', to: 'CANCELLED' } as const];
  assert.is(marks({ ...calm, status: 'CANCELLED', items }), 'done done cancel next next next next');
  assert.is(
    marks({ ...calm, status: 'MANUFACTURING_STARTED', cancelling: true }),
    'done done done cancel next next next',
  );
  assert.is(marks({ ...calm, status: 'MANUFACTURING_STARTED', held: true }), 'done done done hold next next next');
});

test('a stay is weighed against what is usual here', () => {
  assert.equal(weighed(USUAL, 'MANUFACTURING_APPROVED', 47 * MIN), { is: 'over', median: 8 * MIN });
  assert.is(weighed(USUAL, 'MANUFACTURING_APPROVED', 9 * MIN).is, 'long');
  assert.is(weighed(USUAL, 'MANUFACTURING_APPROVED', 8 * MIN).is, 'usual');
  assert.is(weighed({}, 'MANUFACTURING_APPROVED', 99 * MIN).is, undefined);
  assert.is(usually(8 * MIN, 47 * MIN), '8');
  assert.is(usually(40_000, 47 * MIN), '40 s');
});
