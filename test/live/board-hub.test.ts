import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import type { Opening } from '../../src/live/board-hub.ts';
import type { Seat } from '../../src/live/watcher.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Member, world } from './hub-world.ts';

const test = spec('board hub');

type Came = { one: Member; opening: Opening<Member>; seat: Seat };

const startOf = ({ opening }: Came): string =>
  opening.mode === 'frames' ? opening.missed.to : opening.picture.snapshot.at;

function assertWhole(came: Came, last: string): void {
  let position = startOf(came);
  for (const frame of came.one.frames) {
    assert.is(frame.from, position);
    position = frame.to;
  }
  assert.is(position, last);
}

test('whoever comes at whatever moment is told everything without a gap', async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 4 })), async (delays) => {
      const made = world(() => delays.next().value ?? 0);
      const comers: Promise<Came>[] = [made.come()];
      for (let n = 0; n < 25; n++) {
        made.change();
        if (n % 4 === 0) comers.push(made.come());
        if (n % 7 === 0) comers.push(made.come({ epoch: 'e', at: made.last() }));
        await sleep(delays.next().value ?? 0);
      }
      const all = await Promise.all(comers);
      const last = made.last();
      for (const came of all)
        await until('the end is reached', () => (came.one.frames.at(-1)?.to ?? startOf(came)) === last);
      for (const came of all) {
        assertWhole(came, last);
        assert.equal(came.one.resyncs, []);
      }
      await made.hub.close();
    }),
    { numRuns: 15 },
  );
});

test('those who come at once share one reading', async () => {
  const made = world(() => 2);
  made.change();
  await Promise.all(Array.from({ length: 20 }, () => made.come()));
  assert.is(made.pictures, 1);
  await made.hub.close();
});

test('who can’t keep up is left out, and opens again once drained', async () => {
  const made = world(() => 0);
  const [a, b] = [await made.come(), await made.come()];
  a.one.slow = true;
  made.change();
  await until('the other is told', () => b.one.frames.length === 1);
  assert.equal([a.one.frames.length, a.one.resyncs.length], [0, 0]);
  a.one.drained?.();
  assert.equal(a.one.resyncs, ['slow']);
  await made.hub.close();
});

test('who comes and goes is pushed like a change, once the names are known', async () => {
  const made = world(() => 0);
  const { one } = await made.come();
  const people = { ann: { present: true, since: 5 } };
  made.meet('7-0', people);
  await until('it is told', () => one.frames.length === 1);
  assert.equal(one.frames[0], { epoch: 'e', from: '0-0', to: '7-0', changes: [], people });
  assert.equal(made.named, ['ann']);
  await made.hub.close();
});

test('a board that begins anew is opened anew, by all', async () => {
  const made = world(() => 0);
  const [a, b] = [await made.come(), await made.come()];
  made.rebuild('f');
  assert.equal([a.one.resyncs, b.one.resyncs], [['rebuilt'], ['rebuilt']]);
  const again = await made.come({ epoch: 'e', at: made.last() });
  assert.is(again.opening.mode, 'snapshot');
  await made.hub.close();
});

test('a board nobody watches any more is not followed', async () => {
  const made = world(() => 0);
  const [a, b] = [await made.come(), await made.come()];
  a.seat.leave();
  assert.is(made.watched, '0-0');
  b.seat.leave();
  b.seat.leave();
  assert.equal([made.watched, made.hub.size], [undefined, 0]);
  await made.hub.close();
});

test('a short loss of the tail is nobody’s business, a longer one goes on from Postgres, then all open again', async () => {
  const made = world(() => 0);
  made.change();
  const { one } = await made.come();
  made.lose();
  made.find([]);
  await sleep(30);
  assert.equal([one.resyncs, one.frames.length], [[], 0]);
  made.away(1);
  made.lose();
  made.change();
  await until('it is told from Postgres', () => one.frames.at(-1)?.changes[0]?.version === 2);
  const cold = await made.come();
  assert.ok(cold.opening.mode === 'snapshot' && cold.opening.picture.marks.stale === 1);
  made.away(undefined);
  made.find([]);
  assert.equal(one.resyncs, ['redis_back']);
  await until('the other one opens again too', () => cold.one.resyncs.length === 1);
  await made.hub.close();
});

test('who comes from what Postgres told is shown Redis as live only once Redis has all of it', async () => {
  const made = world(() => 0);
  try {
    made.change();
    made.away(1);
    const cold = await made.come();
    assert.ok(cold.opening.mode === 'snapshot');
    const resume = { epoch: 'e', at: cold.opening.at };
    made.forgetResumes();
    made.away(undefined);
    made.catchUp(false);
    await until('Redis is back', () => cold.one.resyncs.includes('live'));
    const early = await made.come(resume);
    assert.ok(early.opening.mode === 'snapshot' && early.opening.picture.marks.rebuilding === true);
    await until('it is told to open again', () => early.one.resyncs.includes('live'));
    const fresh = await made.come();
    assert.ok(fresh.opening.mode === 'snapshot' && fresh.opening.picture.marks.rebuilding === undefined);
    made.catchUp(true);
    const late = await made.come({ epoch: 'e', at: early.opening.at });
    assert.ok(late.opening.mode === 'snapshot' && late.opening.picture.marks.rebuilding === undefined);
  } finally {
    await made.hub.close();
  }
});

test('while Postgres is away frames say how old the board may be, without a gap, and once when it is back', async () => {
  const made = world(() => 0);
  made.change();
  const { one } = await made.come();
  await sleep(30);
  assert.equal(made.dated, [], 'nothing is said while nothing is wrong');
  made.withoutPostgres(1.5);
  await until('it is said again and again', () => made.dated.length > 2);
  made.change();
  await until('the change', () => one.frames.some(({ changes }) => changes.length > 0));
  assert.ok(made.dated.every((seconds) => seconds === 2));
  made.withoutPostgres(undefined);
  await until('that it is over', () => made.dated.at(-1) === undefined);
  const said = made.dated.length;
  made.change();
  await until('the next change', () => one.frames.at(-1)?.to === made.last());
  assert.equal(made.dated.slice(said), [undefined], 'said once');
  for (const [i, { from }] of one.frames.entries()) assert.is(from, one.frames[i - 1]?.to ?? '1-0');
  await made.hub.close();
});
