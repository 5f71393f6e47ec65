import * as assert from 'uvu/assert';
import { spec } from './spec.ts';
import { until } from './until.ts';

const test = spec('until');

test('returns what the condition gave', async () => {
  let n = 0;
  assert.is(await until('three', () => (++n === 3 ? 'three' : undefined)), 'three');
});

test('takes a throwing condition as not yet', async () => {
  let n = 0;
  await until('no throw', () => {
    if (++n < 3) throw new Error('not yet');
    return true;
  });
  assert.is(n, 3);
});

test('says what was waited for and what came last', async () => {
  const late = await until('the moon is blue', () => Promise.reject(new Error('still grey')), 20).catch((e) => e);
  assert.match(late.message, 'until the moon is blue (last: still grey)');
});
