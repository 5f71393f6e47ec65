import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { FIRST } from '../../src/views/event-place.ts';
import type { Waiting } from '../../src/views/event-store.ts';
import { EventWait } from '../../src/views/event-wait.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('waiting for events of partners');

/** Answers what `news` says, and notes what was asked. */
function waits(news: (tenant: string) => boolean) {
  const asked: (readonly Waiting[])[] = [];
  const wait = new EventWait({
    everyMs: 5,
    news: async (waiting) => {
      asked.push(waiting);
      return waiting.flatMap(({ tenant }, i) => (news(tenant) ? [i] : []));
    },
  });
  return { wait, asked };
}

const LONG = 60_000;

test('all who wait are looked for in one question, and only those with news are told', async () => {
  let told = '';
  const { wait, asked } = waits((tenant) => tenant === told);
  const [a, b] = [wait.wait('a', FIRST, LONG), wait.wait('b', FIRST, LONG)];
  await until('both were looked for', () => asked.some((one) => one.length === 2));
  told = 'b';
  await b.over;
  assert.is(wait.size, 1);
  a.end();
  await a.over;
  assert.is(wait.size, 0);
});

test('nothing is asked while nobody waits', async () => {
  const { wait, asked } = waits(() => true);
  await wait.wait('a', FIRST, LONG).over;
  const before = asked.length;
  await wait.wait('a', FIRST, LONG).over;
  assert.is(asked.length, before + 1);
});

test('the time is over though the question failed', async () => {
  let asked = 0;
  const wait = new EventWait({
    everyMs: 5,
    news: () => {
      asked += 1;
      return Promise.reject(new Error('Connection terminated'));
    },
  });
  await wait.wait('a', FIRST, 20).over;
  assert.ok(asked >= 2);
});

test('one partner keeps so many waiting and no more; others may', async () => {
  const { wait } = waits(() => false);
  for (let n = 0; n < 100; n++) wait.wait('a', FIRST, LONG);
  try {
    wait.wait('a', FIRST, LONG);
    assert.unreachable('the next one was taken');
  } catch (error) {
    assert.is(codeOf(error), 'too_many');
  }
  wait.wait('b', FIRST, LONG);
  assert.is(wait.size, 101);
  wait.close();
});

test('closed, it answers everybody and whoever comes later', async () => {
  const { wait } = waits(() => false);
  const one = wait.wait('a', FIRST, LONG);
  wait.close();
  await one.over;
  await wait.wait('a', FIRST, LONG).over;
  assert.is(wait.size, 0);
});
