import * as assert from 'uvu/assert';
import { type Speaking, speaking } from '../../web/ui/speaking.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('a live region');

/** The region, and what lets its time pass. */
function region(): Speaking & { readonly pass: () => void } {
  const due: (() => void)[] = [];
  return { ...speaking((run) => due.push(run)), pass: () => due.shift()?.() };
}

test('the same sentence again is told again: the region is empty in between', () => {
  const { text, say, pass } = region();
  say('No alarm.');
  assert.is(text.value, 'No alarm.');
  pass();
  say('No alarm.');
  assert.is(text.value, '');
  pass();
  assert.is(text.value, 'No alarm.');
});

test('of two sentences at once none is lost', () => {
  const { text, say, pass } = region();
  say('A is to be cancelled.');
  say('B is to be cancelled.');
  say('C is to be cancelled.');
  assert.is(text.value, 'A is to be cancelled.');
  pass();
  assert.is(text.value, '');
  pass();
  assert.is(text.value, 'B is to be cancelled. C is to be cancelled.');
});
