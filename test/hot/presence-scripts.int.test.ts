import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { run, type Script } from '../../src/hot/script.ts';
import { SCRIPTS } from '../../src/hot/scripts.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenHot, withHot } from './open-hot.ts';

const test = spec('presence scripts', withHot);

type Argv = readonly (string | number)[];
const ANN = JSON.stringify({ present: true, since: 1 });

const tell = ({ redis, keys }: OpenHot, argv: Argv): Promise<boolean> => {
  const names = [keys.people('north'), keys.presenceWatch('north'), keys.boardMeta('north'), keys.boardStream('north')];
  return run(redis, SCRIPTS.presenceTell, names, argv);
};

const seen = ({ redis, keys }: OpenHot) =>
  run(redis, SCRIPTS.presenceLook, [keys.presence('north'), keys.people('north'), keys.presenceWatch('north')], []);

test('presence-look gives everything at one moment, and which Redis it is', async (open) => {
  const { look, keys, redis } = open;
  const empty = await seen(open);
  assert.equal([empty.noted, empty.people, empty.watch], [[], [], [null, null, null, null]]);
  const info = await look.info();
  for (const name of ['run_id', 'master_replid'])
    assert.ok(empty.run.split(' ').includes(new RegExp(`${name}:(\\w+)`).exec(info)![1]!));
  const at = await run(redis, SCRIPTS.presenceNote, [keys.presence('north')], [60_000, 'ann|one']);
  await tell(open, ['', 5, 4, 3, 'r', 10, '', 1, 'ann', ANN]);
  const { now, noted, people, watch } = await seen(open);
  assert.equal(
    [noted, people, watch],
    [
      ['ann|one', String(at)],
      ['ann', ANN],
      ['5', '4', '3', 'r'],
    ],
  );
  assert.ok(now >= at);
});

test('presence-tell writes only on the watch that was looked at', async (open) => {
  const { look, keys } = open;
  assert.is(await tell(open, ['7', 9, 9, 9, 'r', 10, '', 0]), false);
  assert.is(await look.exists(keys.presenceWatch('north')), 0);
  assert.is(await tell(open, ['', 9, 9, 9, 'r', 10, '', 0]), true);
  assert.is(await tell(open, ['', 10, 9, 9, 'r', 10, '', 1, 'ann', ANN]), false);
  assert.is(await look.exists(keys.people('north')), 0);
});

test('presence-tell keeps, forgets and tells the board, if there is one', async (open) => {
  const { look, keys } = open;
  await tell(open, ['', 1, 1, 1, 'r', 10, '{"ann":1}', 2, 'ann', ANN, 'bob', ANN]);
  assert.is(await look.exists(keys.boardStream('north'), keys.boardMeta('north')), 0);
  await look.hset(keys.boardMeta('north'), 'epoch', 'e');
  await tell(open, ['1', 2, 1, 1, 'r', 10, '', 0, 'bob']);
  assert.equal(await look.hgetall(keys.people('north')), { ann: ANN });
  assert.is(await look.exists(keys.boardStream('north')), 0, 'who is forgotten is not told');
  await tell(open, ['2', 3, 1, 1, 'r', 10, '{"ann":2}', 1, 'ann', ANN]);
  const [[at, fields], ...more] = (await look.xrange(keys.boardStream('north'), '-', '+')) as [[string, string[]]];
  assert.equal([fields, more], [['p', '{"ann":2}'], []]);
  assert.is(await look.hget(keys.boardMeta('north'), 'at'), at);
});

test('what a presence script cannot take is refused', async (open) => {
  const { redis, keys } = open;
  const one = <R>(script: Script<R>, argv: Argv): Promise<R> => run(redis, script, [keys.presence('north')], argv);
  const calls: readonly (() => Promise<unknown>)[] = [
    () => one(SCRIPTS.presenceNote, ['x', 'ann|one']),
    () => one(SCRIPTS.presenceHere, ['x']),
    () => tell(open, ['', 1, 1, 1, 'r', 0, '', 0]),
    () => tell(open, ['', 1, 1, 1, 'r', 10, '', 'x']),
    () => tell(open, ['', 1, 1, 1, 'r', 10, '', 1, 'ann']),
    () => tell(open, ['', 'x', 1, 1, 'r', 10, '', 0]),
  ];
  for (const [n, call] of calls.entries()) {
    assert.is(await call().then(() => 'ok', codeOf), 'redis_refused', `call ${n}`);
  }
  assert.is(await open.look.exists(keys.presence('north'), keys.people('north'), keys.presenceWatch('north')), 0);
});
