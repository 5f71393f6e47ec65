import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import * as assert from 'uvu/assert';
import { MeasureOnce } from '../../src/files/measure-once.ts';
import { ENGINE, type Measured } from '../../src/geometry/mesh-facts.ts';
import { openPool } from '../../src/log/connect.ts';
import { lendDatabase } from '../_kit/database.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { shelfOf } from './shelf.ts';

interface Desk {
  readonly pool: Pool;
  readonly sha256: string;
  /** Of a worker of its own. */
  once(leaseMs?: number): MeasureOnce;
  keep(measured: Measured): Promise<void>;
  leases(): Promise<number>;
}

const BOX: Measured = {
  facts: { volumeMm3: 6_000, areaMm2: 2_200, sizeMm: [10, 20, 30], triangles: 12, shells: 1, closed: true },
};
const NEVER = new AbortController().signal;

const withDesk: Fixture<Desk> = async (lend) => {
  const database = await lendDatabase();
  const pool = openPool({ url: database.url, name: 'test measuring', max: 8 });
  const models = shelfOf(pool, '/nowhere');
  const sha256 = createHash('sha256').update(randomUUID()).digest('hex');
  try {
    await lend({
      pool,
      sha256,
      once: (leaseMs = 30_000) => new MeasureOnce(pool, { leaseMs, pollMs: 20 }),
      keep: (measured) => models.keepMeasured({ sha256 }, { measured }),
      leases: async () => Number((await pool.query('select count(*) from measuring')).rows[0].count),
    });
  } finally {
    await pool.end();
    await database.close();
  }
};

const test = spec('one measurement per content', withDesk, { deadlineMs: 20_000 });

test('a hundred who want one content over several workers: one measures, all know', async (desk) => {
  let runs = 0;
  const workers = [desk.once(), desk.once(), desk.once(), desk.once()];
  const found = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      workers[n % 4]!.run(desk.sha256, NEVER, async () => {
        runs++;
        await desk.keep(BOX);
        return BOX;
      }),
    ),
  );
  assert.is(runs, 1);
  for (const measured of found) assert.equal(measured, BOX);
  assert.is(await desk.leases(), 0);
});

test('a long measurement keeps its lease', async (desk) => {
  let runs = 0;
  const done = Promise.withResolvers<void>();
  const look = async (): Promise<Measured> => {
    runs++;
    await done.promise;
    await desk.keep(BOX);
    return BOX;
  };
  const both = [desk.once(300).run(desk.sha256, NEVER, look), desk.once(300).run(desk.sha256, NEVER, look)];
  const leased = async (): Promise<Date> =>
    (await desk.pool.query('select leased_until from measuring')).rows[0]?.leased_until;
  const first = await until('it is leased', leased);
  await until('it was renewed three leases long', async () => Number(await leased()) > Number(first) + 900);
  done.resolve();
  await Promise.all(both);
  assert.is(runs, 1);
});

test('a worker that died is followed when its lease is over', async (desk) => {
  await desk.pool.query("insert into measuring values ($1, $2, $3, now() + interval '300 ms')", [
    desk.sha256,
    ENGINE,
    randomUUID(),
  ]);
  const found = await desk.once().run(desk.sha256, NEVER, async () => {
    await desk.keep(BOX);
    return BOX;
  });
  assert.equal(found, BOX);
  assert.is(await desk.leases(), 0);
});

test('a measurement that fails is not waited for: the next one tries', async (desk) => {
  const crash = Promise.withResolvers<Measured>();
  let begun = false;
  const failing = desk.once().run(desk.sha256, NEVER, () => {
    begun = true;
    return crash.promise;
  });
  // The lease alone is not enough: a failure that nobody waits for yet would end this process.
  await until('it measures', async () => begun);
  const other = desk.once().run(desk.sha256, NEVER, async () => {
    await desk.keep(BOX);
    return BOX;
  });
  crash.reject(new Error('the child crashed'));
  const [failed, found] = await Promise.allSettled([failing, other]);
  assert.equal([failed.status, found], ['rejected', { status: 'fulfilled', value: BOX }]);
  assert.is(await desk.leases(), 0);
});

test('what is known is not measured, and who stops does not wait', async (desk) => {
  await desk.keep({ failed: 'not-finite' });
  const unwanted = async (): Promise<Measured> => {
    throw new Error('measured again');
  };
  assert.equal(await desk.once().run(desk.sha256, NEVER, unwanted), { failed: 'not-finite' });
  const other = createHash('sha256').update('other').digest('hex');
  await desk.pool.query("insert into measuring values ($1, $2, $3, now() + interval '1 hour')", [
    other,
    ENGINE,
    randomUUID(),
  ]);
  const stop = new AbortController();
  const waiting = desk.once().run(other, stop.signal, unwanted);
  stop.abort();
  assert.is(
    await waiting.then(
      () => 'measured',
      (error: Error) => error.name,
    ),
    'AbortError',
  );
});
