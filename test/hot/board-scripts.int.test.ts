import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import { run, type Script } from '../../src/hot/script.ts';
import { SCRIPTS } from '../../src/hot/scripts.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenHot, withHot } from './open-hot.ts';

const test = spec('board scripts', withHot);

type Argv = readonly (string | number)[];

const ask = <R>({ redis, keys }: OpenHot, script: Script<R>, argv: Argv): Promise<R> =>
  run(redis, script, [keys.boardMeta('north')], argv);

const meta = ({ look, keys }: OpenHot) => look.hgetall(keys.boardMeta('north'));

test('board-behind tells what is older or missing, what is kept, and which board does not exist', async (open) => {
  const { hot, keys, look } = open;
  await look.hset(keys.boardMeta('north'), 'epoch', 'e');
  await hot.finish([
    { type: 'state', kind: 'order', actor: 'a', token: null, version: 5, commandId: 'c', json: '{}', message: null },
    { type: 'place', board: 'north', actor: 'a', version: 5, lane: 'new', recent: 'r', urgent: 'u', card: '{}' },
    { type: 'place', board: 'north', actor: 'b', version: 2, lane: '', recent: '', urgent: '', card: '' },
  ]);
  const state = (actor: string, version: number): Argv => ['S', keys.state('order', actor), version];
  const place = (order: string, version: number, board = 'north'): Argv => ['P', keys.board(board), order, version];
  const items = [
    ...[state('a', 6), state('a', 5), state('a', 4), state('none', 1)],
    ...[place('a', 6), place('a', 5), place('b', 2), place('b', 3), place('none', 1), place('a', 1, 'south')],
  ];
  assert.equal(await ask(open, SCRIPTS.boardBehind, items.flat()), [
    ...['behind', 'kept', 'kept', 'behind'],
    ...['behind', 'kept', 'kept', 'behind', 'behind', 'cold'],
  ]);
});

test('board-cursor moves from where it was read, in its epoch, and remembers cursors 10 to 20 minutes old', async (open) => {
  const { keys, look } = open;
  const move = (epoch: string, from: string, to: string, age = 600_000) =>
    ask(open, SCRIPTS.boardCursor, [age, keys.boardMeta('north'), epoch, from, to]);
  assert.equal(await move('e', '0:0:0', '1:1:1'), ['moved']);
  await look.hset(keys.boardMeta('north'), 'epoch', 'e', 'cursor', '1:1:1', 'mark', '1:1:1', 'marked', '0');
  assert.equal(await move('other', '1:1:1', '1:2:2'), ['moved']);
  assert.equal(await move('e', '1:0:0', '1:2:2'), ['moved']);
  assert.equal(await move('e', '1:1:1', '1:2:2'), ['ok']);
  const first = await meta(open);
  assert.equal([first['cursor'], first['mark'], first['mark_before']], ['1:2:2', '1:2:2', '1:1:1']);
  assert.equal(await move('e', '1:2:2', '1:3:3'), ['ok']);
  const second = await meta(open);
  assert.equal([second['cursor'], second['mark'], second['mark_before']], ['1:3:3', '1:2:2', '1:1:1']);
});

test('board-begin tells what was there before, and lets a living rebuild go on', async (open) => {
  const { keys, look } = open;
  const begin = (epoch: string, silentMs: number) =>
    ask(open, SCRIPTS.boardBegin, [keys.board('north'), epoch, 'run 1', silentMs, '', 'new']);
  assert.equal(await begin('e1', 1_000), { run: '', cursor: '', oldest: '' });
  assert.is(await begin('e2', 60_000), undefined);
  await look.hset(keys.boardMeta('north'), 'cursor', '3', 'mark', '2');
  assert.equal(await begin('e2', 0), { run: 'run 1', cursor: '3', oldest: '2' });
  await look.hset(keys.boardMeta('north'), 'mark_before', '1', 'complete', '1');
  assert.equal(await begin('e3', 60_000), { run: 'run 1', cursor: '3', oldest: '1' });
  const { epoch, complete } = await meta(open);
  assert.equal([epoch, complete], ['e3', '0']);
});

test('board-begin wipes when told to, but not the stream: positions are never given twice', async (open) => {
  const { keys, look, hot } = open;
  await look.hset(keys.boardMeta('north'), 'epoch', 'e', 'complete', '1');
  await hot.finish([
    { type: 'place', board: 'north', actor: 'a', version: 5, lane: 'new', recent: 'r', urgent: 'u', card: '{}' },
    { type: 'place', board: 'north', actor: 'b', version: 5, lane: 'made', recent: 'r', urgent: 'u', card: '{}' },
    { type: 'place', board: 'north', actor: 'b', version: 6, lane: '', recent: '', urgent: '', card: '' },
  ]);
  await ask(open, SCRIPTS.boardBegin, [keys.board('north'), 'e2', 'run', 1, 1, 'new', 'in_work', 'made']);
  const left = await look.keys(`${keys.board('north').replace(/[{}]/g, '?')}*`);
  assert.equal(left.sort(), [keys.boardMeta('north'), keys.boardStream('north')].sort());
});

test('board-beat and board-complete are for the epoch that is there', async (open) => {
  const { keys } = open;
  await ask(open, SCRIPTS.boardBegin, [keys.board('north'), 'mine', 'run', 1_000, '', 'new']);
  assert.is(await ask(open, SCRIPTS.boardBeat, ['mine', 1]), true);
  assert.is(await ask(open, SCRIPTS.boardBeat, ['other', 1]), false);
  assert.is(await ask(open, SCRIPTS.boardComplete, [keys.board('north'), 'other', '1:1:1', 100]), undefined);
  const at = await ask(open, SCRIPTS.boardComplete, [keys.board('north'), 'mine', '1:1:1', 100]);
  const found = await meta(open);
  assert.equal([found['at'], found['complete'], found['cursor'], found['mark']], [at, '1', '1:1:1', '1:1:1']);
  assert.equal([found['beat'], found['mark_before']], [undefined, undefined]);
});

test('what a script cannot take is refused', async (open) => {
  const b = open.keys.board('north');
  const calls: readonly (readonly [Script<unknown>, Argv])[] = [
    [SCRIPTS.boardSnapshot, [b, 0, 'new']],
    [SCRIPTS.boardSnapshot, [b, 1_001, 'new']],
    [SCRIPTS.boardPage, [b, 'new', 'recent', '', 0]],
    [SCRIPTS.boardPage, [b, 'new', 'oldest', '', 1]],
    [SCRIPTS.boardSince, [b, 'e', '1-1', 0]],
    [SCRIPTS.boardSince, [b, 'e', 'x', 1]],
    [SCRIPTS.boardBehind, ['S', 'key', 'x']],
    [SCRIPTS.boardBehind, ['P', b, 'a', 'x']],
    [SCRIPTS.boardBehind, ['Z']],
    [SCRIPTS.boardBegin, [b, 'e', 'run', 'x', '']],
    [SCRIPTS.boardComplete, [b, 'e', 'c', 0]],
    [SCRIPTS.boardCursor, ['x']],
    [SCRIPTS.boardCursor, [1, 'key', 'e', 'c']],
    [SCRIPTS.boardSweep, [b, 'x', 1]],
  ];
  for (const [script, argv] of calls) {
    assert.is(await ask(open, script, argv).then(() => 'ok', codeOf), 'redis_refused', `${script.name} ${argv}`);
  }
  assert.equal(await meta(open), {});
});
