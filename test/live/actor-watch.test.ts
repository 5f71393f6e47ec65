import { EventEmitter } from 'node:events';
import * as assert from 'uvu/assert';
import { ActorWatch } from '../../src/live/actor-watch.ts';
import type { Told } from '../../src/live/guard.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('actor watch');

/** A log of one actor and its channel. */
function world() {
  const subscriber = Object.assign(new EventEmitter(), {
    subscribed: [] as string[],
    ssubscribe: async (name: string) => void subscriber.subscribed.push(name),
    sunsubscribe: async (name: string) => void subscriber.subscribed.splice(subscriber.subscribed.indexOf(name), 1),
    disconnect: () => undefined,
  });
  let [head, readings] = [0, 0];
  const watch = new ActorWatch<Told>({
    subscriber: subscriber as never,
    channel: (actor) => `live ${actor}`,
    heard: (message) => ({ version: Number(message) }),
    rows: async (_actor, since) => {
      readings += 1;
      return Array.from({ length: head - since }, (_, i) => ({ version: since + i + 1 }));
    },
    versions: async (actors) => actors.map(() => head),
    checkMs: 60_000,
    awayCheckMs: 60_000,
  });
  return {
    watch,
    subscriber,
    get readings() {
      return readings;
    },
    change(tell = true) {
      head += 1;
      if (tell) subscriber.emit('smessage', 'live a', String(head));
    },
    /** As a client that has everything up to `since` comes. */
    async come(since: number) {
      const seen: number[] = [];
      const guard = await watch.watch('a', ({ version }) => seen.push(version) > 0);
      const missed = await watch.missed('a', since);
      seen.push(...missed.map(({ version }) => version));
      watch.open('a', guard, missed.at(-1)?.version ?? since);
      return { seen, guard };
    },
  };
}

test('what many missed of one actor is read once', async () => {
  const made = world();
  for (let i = 0; i < 3; i++) made.change();
  const all = await Promise.all(Array.from({ length: 50 }, () => made.come(1)));
  const late = await made.come(1);
  assert.is(made.readings, 1);
  for (const { seen } of [...all, late]) assert.equal(seen, [2, 3]);
  await made.come(2);
  assert.is(made.readings, 2, 'what others missed is another reading');
  made.watch.close();
});

test('who comes after a message gets what it told of, though it was read before', async () => {
  const made = world();
  made.change();
  const first = await made.come(0);
  made.change();
  const late = await made.come(0);
  await until('both have both', () => [first, late].every(({ seen }) => seen.length === 2));
  made.change();
  for (const { seen } of [first, late]) assert.equal(seen, [1, 2, 3]);
  made.watch.close();
});

test('who comes after a message that was lost is told of it too, once the log was asked', async () => {
  const made = world();
  made.change();
  const first = await made.come(0);
  made.change(false);
  made.subscriber.emit('ready');
  await until('the log was asked', () => first.seen.length === 2);
  const late = await made.come(0);
  await until('the late one too', () => late.seen.length === 2);
  assert.equal(late.seen, [1, 2]);
  made.watch.close();
});

test('who missed more than others do reads alone: not everything is kept', async () => {
  const made = world();
  for (let i = 0; i < 10; i++) made.change();
  for (let since = 0; since < 8; since++) assert.is((await made.come(since)).seen.length, 10 - since);
  const before = made.readings;
  await made.come(0);
  assert.is(made.readings, before, 'the first are given again');
  await made.come(7);
  assert.is(made.readings, before + 1);
  made.watch.close();
});

test('an actor that nobody watched meanwhile is read anew', async () => {
  const made = world();
  made.change();
  const { guard } = await made.come(0);
  made.watch.unwatch('a', guard);
  assert.equal([made.watch.size, made.subscriber.subscribed], [0, []]);
  made.change(false);
  assert.equal((await made.come(0)).seen, [1, 2]);
  made.watch.close();
});
