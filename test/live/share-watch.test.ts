import { EventEmitter } from 'node:events';
import * as assert from 'uvu/assert';
import { ShareWatch, type ShareWatchOptions } from '../../src/live/share-watch.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

interface World {
  readonly watch: ShareWatch;
  readonly forgotten: string[];
  /** How far each check asked to look back, seconds. */
  readonly asked: number[];
  /** What the next checks find; an error is thrown. */
  found: readonly string[] | Error;
  message(text: string, channel?: string): void;
}

const withWatch: Fixture<World> = async (lend) => {
  const subscriber = Object.assign(new EventEmitter(), { status: 'wait' });
  const world = { forgotten: [] as string[], asked: [] as number[], found: [] as readonly string[] | Error };
  const options: ShareWatchOptions = {
    subscriber: subscriber as unknown as ShareWatchOptions['subscriber'],
    channel: 'ended',
    revokedWithin: async (seconds) => {
      world.asked.push(seconds);
      if (world.found instanceof Error) throw world.found;
      return world.found;
    },
    revoked: (hashes) => world.forgotten.push(...hashes),
  };
  const watch = new ShareWatch(options);
  try {
    await lend(
      Object.assign(world, {
        watch,
        message: (text: string, channel = 'ended') => subscriber.emit('message', channel, text),
      }),
    );
  } finally {
    watch.close();
  }
  assert.is(subscriber.listenerCount('message') + subscriber.listenerCount('ready'), 0);
};

const test = spec<World>('the watch over guest links', withWatch);

test('a message ends what follows by the links it names, each once, and nothing else', ({
  watch,
  message,
  forgotten,
}) => {
  const ended: string[] = [];
  const give = watch.add('a', () => {
    ended.push('a');
    give();
  });
  watch.add('b', () => ended.push('b'));
  watch.add('c', () => ended.push('given up'))();
  message('["a","c","unknown"]');
  message('["a"]');
  message('["b"]', 'another channel');
  assert.equal([ended, forgotten], [['a'], ['a', 'c', 'unknown', 'a']]);
});

test('what no message told the check finds; one that failed reaches back farther the next time', async (world) => {
  const ended: string[] = [];
  world.found = new Error('away');
  world.watch.add('a', () => ended.push('a'));
  await until('two have failed', () => world.asked.length === 2);
  world.found = ['a', 'x'];
  await until('it has ended', () => ended.length > 0);
  const [first = 0, second = 0, third = 0] = world.asked;
  assert.ok(second >= first + 0.9 && third >= second + 0.9, `${world.asked}`);
});
