import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { Redis } from '../../src/hot/redis.ts';
import { clientConfig } from '../../src/log/connect.ts';
import { Duty } from '../../src/runtime/duty.ts';
import { AdvisoryLeases } from '../../src/runtime/duty-advisory.ts';
import { RedlockLeases } from '../../src/runtime/duty-redlock.ts';
import { lendDatabase } from '../_kit/database.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OwnHot, withOwnHot } from '../hot/open-hot.ts';

interface Keeper {
  readonly duty: Duty;
  /** How often its task was started. */
  readonly starts: number;
  readonly working: boolean;
}

interface OpenDuty extends OwnHot {
  keeper(run?: (signal: AbortSignal) => Promise<void>): Keeper;
  readonly reports: string[];
}

const LEASE_MS = 600;
/** Long enough for every lease to run out that is not renewed. */
const leasesRunOut = (): Promise<void> => sleep(LEASE_MS * 2);

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const withDuty: Fixture<OpenDuty> = async (lend, title) => {
  const database = await lendDatabase();
  try {
    await withOwnHot()(async (own) => {
      const closing: (() => Promise<void>)[] = [];
      const reports: string[] = [];
      const keeper = (run = untilAborted): Keeper => {
        const redis = new Redis({ url: own.server.url, timeoutMs: 200 });
        const config = clientConfig({ url: database.url, name: 'test duty' });
        const seen = { starts: 0, working: false };
        const duty = new Duty({
          name: 'feed',
          leaseMs: LEASE_MS,
          leases: [new RedlockLeases(redis, own.keys), new AdvisoryLeases(config, own.keys.prefix)],
          report: (what) => reports.push(what),
          async run(signal) {
            seen.starts += 1;
            seen.working = true;
            await run(signal).finally(() => {
              seen.working = false;
            });
          },
        });
        closing.push(async () => {
          await duty.stop();
          redis.close();
        });
        return {
          duty,
          get starts() {
            return seen.starts;
          },
          get working() {
            return seen.working;
          },
        };
      };
      try {
        await lend({ ...own, keeper, reports });
      } finally {
        await Promise.all(closing.map((close) => close()));
      }
    }, title);
  } finally {
    await database.close();
  }
};

const test = spec('duty', withDuty, { deadlineMs: 20_000 });

const owners = (keepers: readonly Keeper[]): Keeper[] => keepers.filter(({ working }) => working);

test('of several keepers one works', async ({ keeper }) => {
  const keepers = [keeper(), keeper(), keeper()];
  await until('one works', () => owners(keepers).length === 1);
  const [first] = owners(keepers);
  await leasesRunOut();
  assert.equal(owners(keepers), [first]);
  assert.is(first?.starts, 1);
});

test('one that stops ends its task, gives its lease back and is followed', async ({ keeper, look, keys }) => {
  const first = keeper();
  await until('its lease is in Redis', async () => first.working && (await look.exists(keys.duty('feed'))) === 1);
  const lease = await look.get(keys.duty('feed'));
  const second = keeper();
  await first.duty.stop();
  assert.is(first.working, false);
  assert.is.not(await look.get(keys.duty('feed')), lease);
  await until('the second works', () => second.working);
});

test('one that dies is followed when its lease has run out', async ({ keeper, server, keys }) => {
  const file = join(import.meta.dirname, 'duty-holder.ts');
  const holder = spawn(process.execPath, [file, server.url, keys.prefix, String(LEASE_MS)], { stdio: 'pipe' });
  try {
    await once(holder.stdout, 'data');
    const second = keeper();
    assert.is(second.working, false);
    holder.kill('SIGKILL');
    await until('the second works', () => second.working);
  } finally {
    holder.kill('SIGKILL');
  }
});

test('one whose lease somebody else has ends its task', async ({ keeper, look, keys, reports }) => {
  const first = keeper();
  await until('its lease is in Redis', async () => first.working && (await look.exists(keys.duty('feed'))) === 1);
  await look.set(keys.duty('feed'), 'another', 'PX', LEASE_MS);
  await until('it has ended', () => !first.working);
  assert.equal(reports, ['a duty was lost']);
  await until('it works again', () => first.working);
});

test('while Redis is away the lease stands in Postgres, and the task goes on', async ({ keeper, server }) => {
  const first = keeper();
  await until('it works', () => first.working);
  await server.kill();
  const keepers = [first, keeper(), keeper()];
  await leasesRunOut();
  await until('one works', () => owners(keepers).length === 1);
  await leasesRunOut();
  assert.is(owners(keepers).length, 1);
  await server.restart();
  await leasesRunOut();
  await until('one works', () => owners(keepers).length === 1);
});

test('the task goes on without a break when Redis goes and comes', async ({ keeper, server, look, keys }) => {
  const only = keeper();
  await until('it works', () => only.working);
  await server.kill();
  await leasesRunOut();
  await server.restart();
  await until('it has its lease in Redis again', async () => (await look.exists(keys.duty('feed'))) === 1);
  assert.equal([only.starts, only.working], [1, true]);
});

test('started while Redis is away, it works', async ({ keeper, server }) => {
  await server.kill();
  const only = keeper();
  await until('it works', () => only.working);
});

test('a task that fails is reported and started again', async ({ keeper, reports }) => {
  let failed = false;
  const only = keeper(async (signal) => {
    if (failed) return untilAborted(signal);
    failed = true;
    throw new Error('stumbled');
  });
  await until('it works again', () => only.starts === 2 && only.working);
  assert.equal(reports, ['a duty failed']);
});
