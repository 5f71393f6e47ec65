import * as assert from 'uvu/assert';
import { axisOf, lastDueChange } from '../../web/shop/due-story.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('by when an order should be ready');

const [MON, TUE, WED] = ['2026-11-23T12:00:00Z', '2026-11-24T12:00:00Z', '2026-11-25T12:00:00Z'];
const at = (n: number): string => `2026-11-20T10:0${n}:00Z`;
const story = (...dues: readonly (string | undefined)[]) =>
  dues.map((due, n) => ({
    at: at(n),
    types: n === 1 ? ['approved'] : ['moved'],
    ...(due === undefined ? {} : { due }),
  }));

test('the first date is no change, another one is, and the last one counts', () => {
  assert.is(lastDueChange(story(undefined, MON, MON), MON!), undefined);
  assert.equal(lastDueChange(story(undefined, MON, TUE, TUE), TUE!), { was: MON, at: at(2) });
  assert.equal(lastDueChange(story(undefined, MON, TUE, WED, WED), WED!), { was: TUE, at: at(3) });
  assert.equal(lastDueChange(story(undefined, MON, TUE, MON), MON!), { was: TUE, at: at(3) });
  assert.is(lastDueChange([], MON!), undefined, 'of what was not seen nothing is said');
});

test('a new approval sets a new date, which is no change of the plan', () => {
  const anew = [
    { at: at(0), types: ['moved'], due: MON! },
    { at: at(1), types: ['approved'], due: TUE! },
  ];
  assert.is(lastDueChange(anew, TUE!), undefined);
});

test('the axis goes from today to the day after, and stays away where it says nothing', () => {
  const now = new Date(2026, 10, 20, 12).getTime();
  const axis = axisOf(now, new Date(2026, 10, 22, 12).getTime())!;
  assert.equal(
    axis.days.map((day) => new Date(day).getDate()),
    [20, 21, 22, 23],
  );
  assert.ok(Math.abs(axis.now - 0.5 / 3) < 1e-9 && Math.abs(axis.due - 2.5 / 3) < 1e-9);
  assert.is(axisOf(now, now - 1), undefined, 'it is over');
  assert.is(axisOf(now, now + 40 * 86_400_000), undefined, 'it is far away');
});
