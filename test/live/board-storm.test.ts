/** What a thousand screens cost that come at once: as much as one. */
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { world } from './hub-world.ts';

const test = spec('board storm');

const MANY = Array.from({ length: 200 }, (_, i) => i);

test('who comes while a board is read, or shortly after, gets the same picture, and what came since as frames', async () => {
  const made = world(() => 1);
  made.change();
  const first = await Promise.all(MANY.map(() => made.come()));
  assert.is(made.pictures, 1);
  const late = await Promise.all(MANY.map(() => made.come()));
  assert.is(made.pictures, 1);
  made.change();
  const all = [...first, ...late];
  await until('all are told', () => all.every(({ one }) => one.frames.at(-1)?.to === made.last()));
  for (const { one } of all) assert.equal(one.frames[0]?.from, '1-0');
  await made.hub.close();
});

test('those who had the same when their node died are told what they missed by one reading', async () => {
  const made = world(() => 1);
  for (let i = 0; i < 10; i++) made.change();
  const all = await Promise.all(MANY.map(() => made.come({ epoch: 'e', at: '4-0' })));
  assert.equal([made.resumes, made.pictures], [1, 0]);
  for (const { opening } of all) assert.ok(opening.mode === 'frames' && opening.missed.to === '10-0');
  await made.hub.close();
});

test('nobody is shown a picture that is older than what they have', async () => {
  const made = world(() => 0);
  made.change();
  const { one } = await made.come();
  made.change('another');
  await until('it is told', () => one.frames.at(-1)?.to === '2-0');
  made.forgetResumes();
  const { opening } = await made.come({ epoch: 'e', at: '2-0' });
  assert.is(opening.mode === 'snapshot' && opening.at, '2-0');
  assert.is(opening.mode === 'snapshot' && opening.picture.snapshot.lanes['new']?.count, 2);
  assert.is(made.pictures, 2);
  await made.hub.close();
});

test('a picture is not given again once its board was made anew, the tail was lost, or something has changed', async () => {
  const made = world(() => 0);
  made.change();
  await made.come();
  made.rebuild('f');
  const anew = await made.come();
  assert.is(anew.opening.mode === 'snapshot' && anew.opening.picture.snapshot.epoch, 'f');
  assert.is(made.pictures, 2);
  made.lose();
  made.find([]);
  await made.come();
  assert.is(made.pictures, 3);
  made.change('new');
  await until('it is told', () => anew.one.frames.at(-1)?.to === made.last());
  await until('a moment later it is in the picture', async () => {
    const { opening } = await made.come();
    return opening.mode === 'snapshot' && opening.at === made.last();
  });
  await made.hub.close();
});
