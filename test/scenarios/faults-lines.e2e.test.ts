import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { postgresAway } from './faults/away.ts';
import { OF_FAULTS, ROUNDS, rounds } from './faults/house.ts';
import { cutOften, type Lines, silent, slow, withLines } from './faults/lines.ts';

const test = spec<Lines>('a line that fails in the middle of the story', withLines, OF_FAULTS);

/** As long as is promised only in the long run. */
const AWAY_MS = ROUNDS > 1 ? 30_000 : 10_000;

rounds<Lines>(test, {
  'replies of Postgres are cut: what was committed is answered as committed, once': async ({ postgres }) => {
    const before = postgres.cuts();
    await cutOften(postgres, 'cutReplies');
    assert.ok(postgres.cuts() - before > 5, 'replies were cut');
  },
  'questions to Postgres are cut: nothing was done, and it is done once': ({ postgres }) =>
    cutOften(postgres, 'cutRequests'),
  'Postgres is away: commands wait, orders and boards are served and marked': (house) => postgresAway(house, AWAY_MS),
  'Postgres says nothing for eight seconds': ({ postgres }) => silent(postgres, 8_000),
  'Redis is slow': ({ redis }) => slow(redis),
  'replies of Redis are cut': ({ redis }) => cutOften(redis, 'cutReplies'),
  'Redis is away for five seconds': async ({ redis }) => {
    redis.refuse();
    await sleep(5_000);
    redis.resume();
  },
});
