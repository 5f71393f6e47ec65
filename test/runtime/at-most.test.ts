import * as assert from 'uvu/assert';
import { atMost } from '../../src/runtime/at-most.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('waiting at most so long');

const never = new Promise<void>(() => undefined);

test('what is done ends the wait at once, in whatever order', async () => {
  const patiently = atMost(1_000);
  const ended: string[] = [];
  const [slow, fast] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const waits = [
    patiently(slow.promise).then(() => ended.push('slow')),
    patiently(fast.promise).then(() => ended.push('fast')),
    patiently(Promise.resolve()).then(() => ended.push('now')),
  ];
  fast.resolve();
  await waits[1];
  slow.resolve();
  await Promise.all(waits);
  assert.is(ended.at(-1), 'slow');
});

test('what is never done is waited for as long as was said, each for itself', async () => {
  const patiently = atMost(30);
  const begun = performance.now();
  const waited = async (): Promise<number> => {
    const from = performance.now();
    await patiently(never);
    return performance.now() - from;
  };
  const first = waited();
  await patiently(Promise.resolve());
  const second = new Promise((resolve) => setTimeout(resolve, 15)).then(waited);
  for (const ms of await Promise.all([first, second])) assert.ok(ms >= 29, `${ms} ms`);
  assert.ok((await waited()) >= 29, 'also after all waits were over');
  assert.ok(performance.now() - begun < 5_000);
});
