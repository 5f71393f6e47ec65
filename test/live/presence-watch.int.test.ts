import * as assert from 'uvu/assert';
import { Presence } from '../../src/live/presence.ts';
import { presenceTimes } from '../../src/live/presence-times.ts';
import { PresenceWatch } from '../../src/live/presence-watch.ts';
import { BoardStore } from '../../src/views/board.ts';
import { redisRun } from '../../src/views/redis-run.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OwnHot, withOwnHot } from '../hot/open-hot.ts';

interface Watched extends OwnHot {
  readonly one: Presence;
  readonly two: Presence;
  readonly store: BoardStore;
  /** As the keeper's. */
  readonly watch: PresenceWatch;
  /** Looks again and again until this is so; gives what the last look found. */
  lookUntil(what: string, so: () => boolean | Promise<boolean>, ms?: number): Promise<readonly string[]>;
  present(person: string): Promise<boolean | undefined>;
}

const GRACE_MS = 1_500;
const times = presenceTimes(GRACE_MS);
const HOLDERS = new Set(['ann', 'bob']);

const withWatch: Fixture<Watched> = (lend, title) =>
  withOwnHot()(async (own) => {
    const { redis, keys } = own;
    const options = { redis, keys, sites: ['north'], graceMs: GRACE_MS };
    const [one, two] = [new Presence(options), new Presence(options)];
    const watch = new PresenceWatch({ redis, keys, site: 'north', times, streamKeep: 1_000 });
    const store = new BoardStore({ redis, keys, lanes: ['new'] });
    await own.look.hset(keys.boardMeta('north'), 'epoch', 'e', 'complete', '1', 'run', await redisRun(redis));
    try {
      await lend({
        ...own,
        one,
        two,
        watch,
        store,
        async lookUntil(what, so, ms) {
          let found: readonly string[] = [];
          await until(
            what,
            async () => {
              found = await watch.look(HOLDERS).catch(() => []);
              return so();
            },
            ms,
          );
          return found;
        },
        present: async (person) => (await store.snapshot('north'))?.people[person]?.present,
      });
    } finally {
      one.close();
      two.close();
    }
  }, title);

const test = spec('presence watch', withWatch, { deadlineMs: 25_000 });

const stream = async ({ look, keys }: OwnHot) => look.xrange(keys.boardStream('north'), '-', '+');

test('who comes and goes is told to the board, once for each look, and moves its position', async (open) => {
  const { one, two, lookUntil, store, present, look, keys } = open;
  one.came('ann', 'north');
  two.came('bob', 'north');
  await lookUntil('both are present', async () => (await present('ann')) === true && (await present('bob')) === true);
  two.gone('bob', 'north');
  await lookUntil('bob is absent', async () => (await present('bob')) === false);
  const entries = await stream(open);
  assert.ok(entries.length <= 3, 'nothing is told twice');
  const { people, at } = (await store.snapshot('north'))!;
  assert.is(at, entries.at(-1)?.[0]);
  assert.equal(JSON.parse(entries.at(-1)?.[1][1] ?? ''), { bob: people['bob'] });
  assert.is(await look.hget(keys.boardMeta('north'), 'at'), at);
});

test('whoever follows the board from a position gets the newest of each person', async (open) => {
  const { one, lookUntil, store, present } = open;
  one.came('cleo', 'north');
  await lookUntil('cleo is present', async () => (await present('cleo')) === true);
  const [first] = await stream(open);
  one.came('ann', 'north');
  await lookUntil('ann is present', async () => (await present('ann')) === true);
  one.gone('ann', 'north');
  await lookUntil('ann is absent', async () => (await present('ann')) === false);
  const missed = await store.since('north', 'e', first![0]);
  assert.equal(missed?.changes, []);
  assert.is(missed?.people?.['ann']?.present, false);
  assert.is(missed?.people?.['cleo'], undefined);
  assert.is(missed?.to, (await stream(open)).at(-1)?.[0]);
});

test('without a board the people are kept, and shown once there is one', async (open) => {
  const { one, lookUntil, look, keys, present } = open;
  await look.del(keys.boardMeta('north'));
  one.came('ann', 'north');
  await lookUntil('ann is known', async () => (await look.hexists(keys.people('north'), 'ann')) === 1);
  assert.is(await look.exists(keys.boardStream('north')), 0);
  await look.hset(keys.boardMeta('north'), 'epoch', 'f', 'complete', '1');
  assert.is(await present('ann'), true);
});

test('a killed node leaves no ghost; who comes back elsewhere in time was never absent', async (open) => {
  const { one, two, lookUntil, present } = open;
  for (const person of ['ann', 'bob']) one.came(person, 'north');
  await lookUntil('both are present', async () => (await present('ann')) === true && (await present('bob')) === true);
  one.close();
  two.came('ann', 'north');
  await lookUntil('bob is absent', async () => (await present('bob')) === false);
  const told = (await stream(open)).map(([, fields]) => JSON.parse(fields[1] ?? ''));
  assert.not.ok(told.some((people) => people.ann?.present === false));
});

test('a holder who is gone for the whole grace is overdue, until it comes back', async (open) => {
  const { one, two, lookUntil, watch, present } = open;
  two.came('bob', 'north');
  one.came('ann', 'north');
  await lookUntil('ann is present', async () => (await present('ann')) === true);
  one.gone('ann', 'north');
  await lookUntil('ann is overdue', () => watch.isOverdue('ann'), 20_000);
  assert.equal(await watch.look(HOLDERS), ['ann']);
  two.came('ann', 'north');
  await until('ann is not any more', async () => !(await watch.isOverdue('ann')));
});

test('two who look at once tell the board once', async (open) => {
  const { one, lookUntil, redis, keys, present } = open;
  await lookUntil('it was looked', () => true);
  one.came('ann', 'north');
  await until('ann is noted', async () => (await one.of(['ann'])).has('ann'));
  const watches = Array.from(
    { length: 8 },
    () => new PresenceWatch({ redis, keys, site: 'north', times, streamKeep: 100 }),
  );
  await Promise.all(watches.map((watch) => watch.look(HOLDERS)));
  assert.is(await present('ann'), true);
  const told = (await stream(open)).filter(([, fields]) => fields[1]?.includes('ann'));
  assert.is(told.length, 1);
});

for (const [loss, lose] of [
  ['emptied', async ({ look }: Watched) => void (await look.flushall())],
  ['started again', ({ server }: Watched) => server.restart()],
] as const)
  test(`Redis ${loss}: nobody who stays becomes absent, and holders have the grace again`, async (open) => {
    const { one, two, lookUntil, watch, present, look, keys } = open;
    two.came('bob', 'north');
    one.came('ann', 'north');
    await lookUntil('ann is present', async () => (await present('ann')) === true);
    one.gone('ann', 'north');
    await lookUntil('ann is overdue', () => watch.isOverdue('ann'), 20_000);
    await lose(open);
    await until('Redis answers', async () => (await look.ping()) === 'PONG');
    await look.hset(keys.boardMeta('north'), 'epoch', 'f', 'complete', '1');
    await lookUntil('it was looked again', async () => (await look.exists(keys.presenceWatch('north'))) === 1);
    const counting = Number(await look.hget(keys.presenceWatch('north'), 'counting'));
    assert.not.ok(await watch.isOverdue('ann'));
    await lookUntil('ann is absent again', async () => (await present('ann')) === false);
    assert.is(await present('bob'), true);
    await lookUntil('ann is overdue again', () => watch.isOverdue('ann'), 20_000);
    const [seconds, micros] = (await look.time()).map(Number) as [number, number];
    assert.ok(seconds * 1_000 + micros / 1_000 - counting >= GRACE_MS, 'not before the whole grace went by');
    const told = (await stream(open)).map(([, fields]) => JSON.parse(fields[1] ?? ''));
    assert.not.ok(told.some((people) => people.bob?.present === false));
  });

test('a Redis that stands still is a gap: nobody becomes absent by it, and holders have the grace again', async (open) => {
  const { one, two, lookUntil, watch, present, look, keys, server } = open;
  two.came('bob', 'north');
  one.came('ann', 'north');
  await lookUntil('ann is present', async () => (await present('ann')) === true);
  one.gone('ann', 'north');
  await lookUntil('ann is overdue', () => watch.isOverdue('ann'), 20_000);
  const counting = await look.hget(keys.presenceWatch('north'), 'counting');
  const pausedAt = performance.now();
  server.pause();
  await until(
    'it stood still for longer than a look may be late',
    () => performance.now() - pausedAt > times.gapMs + 200,
  );
  server.resume();
  await lookUntil('counting begins anew', async () => {
    return (await look.hget(keys.presenceWatch('north'), 'counting')) !== counting;
  });
  assert.not.ok(await watch.isOverdue('ann'));
  await lookUntil('ann is overdue again', () => watch.isOverdue('ann'), 20_000);
  const told = (await stream(open)).map(([, fields]) => JSON.parse(fields[1] ?? ''));
  assert.not.ok(told.some((people) => people.bob?.present === false));
});
