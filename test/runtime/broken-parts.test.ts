import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { unavailable } from '../../src/errors.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { codes, outcome, withWorld } from './world.ts';

const test = spec('a turn with a broken part', withWorld);

test('a fact that fails while Redis is slow fails its command and not the process', async (w) => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): number => unhandled.push(error);
  process.on('unhandledRejection', note);
  try {
    w.weather = async () => Promise.reject(unavailable('the weather'));
    const load = w.hot.load.bind(w.hot);
    w.hot.load = async (requests) => sleep(10).then(() => load(requests));
    assert.is(await outcome(w.send('guess', 'ann')), 'unavailable');
    await until('late rejections would have been seen', () => sleep(1).then(() => true));
  } finally {
    process.off('unhandledRejection', note);
  }
  assert.equal(unhandled, []);
});

test('a fact that fails is the failure of the command that asked for it only', async (w) => {
  w.weather = async () => Promise.reject(unavailable('the weather'));
  const sent = [w.send('take', 'ann'), w.send('guess', 'ann'), w.send('use', 'ann'), w.send('use', 'bob')];
  assert.equal(await Promise.all(sent.map(outcome)), ['ok', 'unavailable', 'ok', 'not_holder']);
});

test('a fact whose provider throws anything is unavailable', async (w) => {
  w.weather = async () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  assert.is(await outcome(w.send('guess', 'ann')), 'unavailable');
});

test('a bug in a decision is the failure of that command only, before and after a row', async (w) => {
  const sent = [
    w.send('stumble', 'ann'),
    w.send('use', 'bob'),
    w.send('take', 'ann'),
    w.send('stumble', 'ann'),
    w.send('use', 'bob'),
    w.send('use', 'ann'),
  ];
  const [first, early, taken, second, late, used] = await Promise.all(sent.map(outcome));
  assert.equal([early, taken, late, used], ['not_holder', 'ok', 'not_holder', 'ok']);
  assert.match(first ?? '', /a bug in a decision/);
  assert.match(second ?? '', /a bug in a decision/);
});

test('a bug in a projection does not take back what was accepted', async (w) => {
  assert.equal(codes([await w.send('spill', 'ann'), await w.send('take', 'ann')]), ['ok', 'ok']);
  assert.equal(w.versions(), [1, 2, 3]);
  assert.equal(w.reported, ['projection_failed']);
  await until('the lease is given back', () => w.hot.leases.size === 0);
});

test('a row is answered and applied though the refusals of its turn can not be checked', async (w) => {
  await w.send('take', 'ann');
  w.log.confirm = async () => Promise.reject(unavailable('the log'));
  const sent = [w.send('take', 'bob'), w.send('use', 'ann'), w.send('use', 'bob')];
  assert.equal(await Promise.all(sent.map(outcome)), ['unavailable', 'ok', 'unavailable']);
  assert.is(w.hot.states.get(`thing:${w.actor}`)?.version, 3);
  await until('the lease is given back', () => w.hot.leases.size === 0);
});

test('a state in Redis that can not be read is as good as none', async (w) => {
  await w.send('take', 'ann');
  for (const json of ['', '{', '[1', 'null', '[]']) {
    w.hot.states.set(`thing:${w.actor}`, { ...w.hot.states.get(`thing:${w.actor}`)!, json });
    w.hot.states.set('person:bob', { ...w.hot.states.get('person:bob')!, json });
    assert.equal((await w.runtime.read('thing', w.actor))?.version, 2, json);
    assert.equal(codes([await w.send('take', 'bob')]), ['already_captured'], json);
    await until('it is gone', () => w.hot.states.get(`thing:${w.actor}`)?.json !== json);
  }
});

test('a claim whose holder can not be asked is the failure of that command only', async (w) => {
  w.log.held.set('place:ann:1', 'another thing');
  w.log.claims = async () => Promise.reject(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
  const sent = [w.send('take', 'ann'), w.send('take', 'bob')];
  assert.equal(await Promise.all(sent.map(outcome)), ['unavailable', 'ok']);
});
