/** What the drawer says of an order's way. */
import * as assert from 'uvu/assert';
import { stagesOf } from '../../web/board/drawer/stages.ts';
import { weighed } from '../../web/board/usual.ts';
import { usually } from '../../web/text/usual.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('an order in the drawer');
const MIN = 60_000;
const USUAL = {
  MANUFACTURING_APPROVED: { median: 8 * MIN, p95: 35 * MIN },
};

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
