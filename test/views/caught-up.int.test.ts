import * as assert from 'uvu/assert';
import { CaughtUp } from '../../src/views/caught-up.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OpenViews, withViews } from './open-views.ts';
import { created, SITES } from './shop-floor.ts';

const test = spec<OpenViews>('a board that has caught up', withViews);
const [SITE = ''] = SITES;

const of = ({ redis, keys, pool }: OpenViews, patienceMs?: number): CaughtUp =>
  new CaughtUp({ redis, keys, pool, ...(patienceMs === undefined ? {} : { patienceMs }) });

test('has every row of the log, and is waited for by all who ask, together', async (views) => {
  await views.settle();
  assert.is(await of(views).ask(SITE), true);
  await views.append(created());
  await until('the row may be read', async () => (await of(views, 0).ask(SITE)) === false);
  const caughtUp = of(views, 10_000);
  const asked = [caughtUp.ask(SITE), caughtUp.ask(SITE)];
  assert.is(asked[0], asked[1]);
  await views.settle();
  assert.equal(await Promise.all(asked), [true, true]);
});

test('is none that nobody compares with the log', async (views) => {
  assert.is(await of(views, 0).ask(SITE), false);
});
