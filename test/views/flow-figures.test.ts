import * as assert from 'uvu/assert';
import type { Queryable } from '../../src/log/statement.ts';
import { FlowFigures } from '../../src/views/flow-figures.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

/** A database that answers when it is told to. */
class Slow {
  asked = 0;
  readonly values: unknown[][] = [];
  answer: () => Promise<{ rows: unknown[] }> = async () => ({
    rows: [{ step: 'PRICING', bucket: 9, stays: 2, ms: 4_000 }],
  });
  readonly pool = {
    query: (config: { values?: unknown[] }) => {
      this.asked++;
      this.values.push(config.values ?? []);
      return this.answer();
    },
  } as unknown as Queryable;
}

const test = spec('flow figures of a node');

const WEEK = { freshMs: 7 * 86_400_000 };

test('however many ask, a site is looked up once', async () => {
  const database = new Slow();
  const figures = new FlowFigures({ pool: database.pool, ...WEEK });
  const all = await Promise.all(Array.from({ length: 50 }, () => figures.of('north')));
  await figures.of('north');
  assert.is(database.asked, 1);
  assert.equal(all.at(-1)?.steps.get('PRICING'), { count: 2, mean: 2_000, median: 2_000, p95: 2_000 });
  await figures.of('south');
  assert.is(database.asked, 2);
});

test('the days that count end today, by UTC', async () => {
  const database = new Slow();
  await new FlowFigures({ pool: database.pool, days: 3 }).of('north');
  const [site, since] = database.values[0] ?? [];
  const days = (Date.now() - Date.parse(`${String(since)}T00:00:00Z`)) / 86_400_000;
  assert.is(site, 'north');
  assert.ok(days >= 2 && days < 3.01, String(since));
});

test('old figures are told at once, while they are looked up anew', async () => {
  const database = new Slow();
  const figures = new FlowFigures({ pool: database.pool, freshMs: 0 });
  const first = await figures.of('north');
  const { promise, resolve } = Promise.withResolvers<{ rows: unknown[] }>();
  database.answer = () => promise;
  assert.is(await figures.of('north'), first);
  resolve({ rows: [{ step: 'PRICING', bucket: 1, stays: 1, ms: 1 }] });
  await until('the new ones are told', async () => (await figures.of('north'))?.steps.get('PRICING')?.count === 1);
});

test('with the database away what was known is told, and nobody is made to wait', async () => {
  const database = new Slow();
  const figures = new FlowFigures({ pool: database.pool, freshMs: 0 });
  const first = await figures.of('north');
  database.answer = () => Promise.reject(new Error('away'));
  for (let n = 0; n < 5; n++) assert.is(await figures.of('north'), first);
});

test('where nothing is known yet and nobody answers, nothing is told after a moment; it is not asked again at once', async () => {
  const database = new Slow();
  database.answer = () => new Promise(() => undefined);
  const silent = new FlowFigures({ pool: database.pool, ...WEEK, waitMs: 5 });
  assert.equal(await Promise.all([silent.of('north'), silent.of('north')]), [undefined, undefined]);
  assert.is(database.asked, 1);
  database.answer = () => Promise.reject(new Error('away'));
  const away = new FlowFigures({ pool: database.pool, ...WEEK });
  assert.is(await away.of('north'), undefined);
  assert.is(await away.of('north'), undefined);
  assert.is(database.asked, 2);
});
