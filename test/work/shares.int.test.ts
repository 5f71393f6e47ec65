import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { countBy, meanWait, shareOf, work } from './shop-of-shares.ts';
import { type WithJobs, withJobs } from './with-jobs.ts';

const test = spec('shares of the workers', withJobs, { deadlineMs: 30_000 });

const AGO = new Date(Date.now() - 10_000).toISOString();

/** Partner A first with its many, then B and the storefront. */
async function burst({ add }: WithJobs, a: number): Promise<void> {
  if (a > 0) await add(a, { share: 'A', due: AGO });
  await add(10, { share: 'B' });
  await add(10);
}

for (const slots of [1, 2]) {
  const LONGEST = 3;
  const ticks = ({ share }: { share: string | null }): number => (share === 'A' ? LONGEST : 1);
  for (const [what, options, longest] of [
    ['equally long', {}, 1],
    [`${LONGEST} times as long`, { ticks }, LONGEST],
  ] as const) {
    test(`500 jobs of a partner, ${what}, keep others waiting half as long again at most: 2 workers of ${slots}`, async (at) => {
      const shop = { workers: 2, slots, ...options };
      await burst(at, 0);
      const alone = await work(at, shop);
      assert.equal(countBy(alone), { B: 10, house: 10 });
      await at.pool.query('delete from jobs');
      await at.pool.query('delete from job_turns');
      await burst(at, 500);
      const beside = await work(at, shop, (started) => started.filter((one) => shareOf(one) !== 'A').length === 20);
      for (const share of ['B', 'house']) {
        const [wait, before] = [meanWait(beside, share), meanWait(alone, share)];
        assert.ok(wait <= 1.5 * before + longest, `${share} waits ${wait} instead of ${before}`);
      }
      assert.ok((countBy(beside)['A'] ?? 0) >= 3, 'A has its part meanwhile');
    });
  }
}

test('one slot alternates, and by weight where shares have one', async (at) => {
  await at.add(40, { share: 'A', due: AGO });
  await at.add(40);
  const first = (n: number) => (started: readonly unknown[]) => started.length === n;
  const shop = { workers: 1, slots: 1 };
  const even = (await work(at, shop, first(10))).map(shareOf);
  assert.equal(new Set(even.map((share, n) => `${share} ${n % 2}`)).size, 2, even.join());
  await at.pool.query(`delete from jobs where state = 'running'`);
  await at.pool.query(`update jobs set share = 'B' where share is null`);
  const heavy = await work(at, { ...shop, weights: { A: 3 } }, first(16));
  assert.equal(countBy(heavy), { A: 12, B: 4 });
});

test('the storefront keeps a third of the turns, however many partners wait', async (at) => {
  for (let n = 0; n < 20; n++) await at.add(10, { share: `partner ${n}`, due: AGO });
  await at.add(30);
  const started = await work(at, { workers: 1, slots: 1 }, (some) => some.length === 30);
  assert.is(countBy(started)['house'], 10);
  assert.is(new Set(started.map(shareOf)).size, 21, 'each partner had its turn');
});

test('who asks for several at once always takes one of the storefront’s', async ({ add, jobs }) => {
  for (let n = 0; n < 20; n++) await add(10, { share: `partner ${n}`, due: AGO });
  await add(5);
  const worker = jobs();
  for (let n = 0; n < 5; n++) {
    const claimed = await worker.claim(['test'], 2);
    assert.equal(claimed.map(({ share }) => share === null).sort(), [false, true]);
  }
});

test('long work of one share fills no more than its part of the slots', async (at) => {
  await at.add(50, { share: 'A', due: AGO });
  await at.add(50, { share: 'B' });
  const ticks = ({ share }: { share: string | null }): number => (share === 'A' ? 1_000 : 1);
  const started = await work(at, { workers: 2, slots: 2, ticks }, (some) => some.length === 40);
  assert.equal(countBy(started), { A: 2, B: 38 });
});

test('who had nothing to do has saved nothing up', async (at) => {
  const first = (n: number) => (started: readonly unknown[]) => started.length === n;
  const shop = { workers: 1, slots: 1 };
  await at.add(30, { share: 'A', due: AGO });
  await work(at, shop, first(20));
  await at.pool.query(`delete from jobs where state = 'running'`);
  await at.add(30, { share: 'B', due: AGO });
  assert.equal(countBy(await work(at, shop, first(10))), { A: 5, B: 5 });
});

test('a small share beside a great weight has its turn after the time of ageing', async ({ add, jobs, pool }) => {
  const due = new Date(Date.now() - 100_000).toISOString();
  await add(100, { share: 'great', due });
  await add(100, { share: 'small', due });
  const claimed = async (options: { ageingMs?: number }): Promise<string | null> => {
    const [job] = await jobs('w', 60_000, { weights: { great: 50 }, ...options }).claim(['test'], 1);
    await pool.query('delete from jobs where id = $1', [job!.id]);
    return job!.share;
  };
  const took: (string | null)[] = [];
  for (let n = 0; n < 10; n++) took.push(await claimed({}));
  assert.equal(took.filter((share) => share === 'small').length, 1, 'one turn in fifty');
  const young = await claimed({});
  await pool.query(`update job_turns set at = now() - interval '61 seconds' where share = 'small'`);
  assert.equal([young, await claimed({}), await claimed({})], ['great', 'small', 'great']);
});

test('a share’s own jobs are taken by their age, whatever their kind', async ({ add, jobs }) => {
  const due = (ago: number): string => new Date(Date.now() - ago).toISOString();
  const [late] = await add(1, { kind: 'test', share: 'A', due: due(1_000) });
  const [early] = await add(1, { kind: 'other', share: 'A', due: due(3_000) });
  const [middle] = await add(1, { kind: 'test', share: 'A', due: due(2_000) });
  const worker = jobs();
  const order: string[] = [];
  for (let n = 0; n < 3; n++) order.push(...(await worker.claim(['test', 'other'], 1)).map(({ id }) => id));
  assert.equal(order, [early, middle, late]);
});

test('shares that claim at once are served once each, and nobody goes away empty-handed', async ({ add, jobs }) => {
  for (const share of ['A', 'B', null]) await add(20, { share });
  const claims = await Promise.all(Array.from({ length: 12 }, () => jobs().claim(['test'], 1)));
  assert.equal(
    claims.map((claimed) => claimed.length),
    claims.map(() => 1),
  );
  assert.is(new Set(claims.flat().map(({ id }) => id)).size, 12);
});
