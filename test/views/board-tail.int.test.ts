import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { BoardEntry } from '../../src/views/board.ts';
import { BoardTail } from '../../src/views/board-tail.ts';
import type { Fixture } from '../_kit/spec.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type OwnHot, withOwnHot } from '../hot/open-hot.ts';

interface OpenTail extends OwnHot {
  readonly tail: BoardTail;
  /** What was told, in order. */
  readonly heard: { readonly board: string; readonly entry: BoardEntry }[];
  readonly events: string[];
  /** Makes one change of a board; resolves to its position. */
  change(board: string, lane?: string): Promise<string>;
  at(board: string): Promise<string>;
}

const withTail: Fixture<OpenTail> = (lend, title) =>
  withOwnHot()(async (own) => {
    const heard: { board: string; entry: BoardEntry }[] = [];
    const events: string[] = [];
    const tail = new BoardTail({
      redis: own.redis,
      keys: own.keys,
      entries: (board, entries) => heard.push(...entries.map((entry) => ({ board, entry }))),
      lost: () => events.push('lost'),
      found: (gaps) => events.push(['found', ...gaps].join(' ')),
    });
    const at = async (board: string): Promise<string> => (await own.look.hget(own.keys.boardMeta(board), 'at')) ?? '';
    const change = async (board: string, lane = 'new'): Promise<string> => {
      await own.look.hset(own.keys.boardMeta(board), 'epoch', 'e', 'complete', '1');
      const actor = randomUUID();
      const card = JSON.stringify({ order: actor });
      await own.hot.finish([{ type: 'place', board, actor, version: 1, lane, recent: 'r', urgent: 'u', card }]);
      return at(board);
    };
    try {
      await lend({ ...own, tail, heard, events, change, at });
    } finally {
      await tail.close();
    }
  }, title);

const test = spec('board tail', withTail, { deadlineMs: 20_000 });

const positions = (heard: OpenTail['heard'], board: string): string[] =>
  heard.filter((told) => told.board === board).map(({ entry }) => entry.at);

test('every change after the position comes once, in order', async ({ tail, change, heard }) => {
  const first = await change('north');
  const second = await change('north');
  tail.watch('north', first);
  const third = await change('north');
  await until('both have come', () => heard.length === 2);
  assert.equal(positions(heard, 'north'), [second, third]);
  const change3 = heard[1]?.entry.change;
  assert.equal(change3, { order: change3?.order, version: 1, lane: 'new', card: { order: change3?.order } });
});

test('a board added while another is read ends that read', async ({ tail, change, heard, look }) => {
  tail.watch('north', await change('north'));
  await change('north');
  await until('north is followed', () => heard.length === 1);
  const from = await change('south');
  await look.config('RESETSTAT');
  tail.watch('south', from);
  const next = await change('south');
  await until('south is followed', () => positions(heard, 'south').includes(next));
  assert.match(await look.info('commandstats'), /^cmdstat_client\|unblock:calls=1,/m);
});

test('a board no longer watched is silent', async ({ tail, change, heard }) => {
  tail.watch('north', await change('north'));
  tail.watch('south', await change('south'));
  tail.unwatch('north');
  await change('north');
  const last = await change('south');
  await until('south has come', () => positions(heard, 'south').includes(last));
  assert.equal(positions(heard, 'north'), []);
});

test('the beginning of an epoch is told', async ({ tail, change, heard, look, keys }) => {
  tail.watch('north', await change('north'));
  await look.xadd(keys.boardStream('north'), '*', 'e', 'next');
  await until('it has come', () => heard.length === 1);
  assert.equal([heard[0]?.entry.epoch, heard[0]?.entry.change], ['next', undefined]);
});

test('a lost connection is told, and reading goes on behind the last entry', async ({
  tail,
  change,
  heard,
  events,
  look,
  keys,
  redis,
}) => {
  tail.watch('north', await change('north'));
  await change('north');
  await until('the first has come', () => heard.length === 1);
  await look.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  const between = await look.xadd(keys.boardStream('north'), '*', 'o', 'a', 'v', '1', 'l', '', 'c', '');
  await until('it is found again', () => events.includes('found'), 5_000);
  await until('Redis answers', async () => (await redis.call('PING', [])) === 'PONG');
  const after = await change('north');
  await until('the next has come', () => positions(heard, 'north').includes(after));
  assert.equal(positions(heard, 'north').slice(-2), [between, after]);
  assert.equal(events, ['lost', 'found']);
  assert.is(new Set(positions(heard, 'north')).size, heard.length);
});

test('boards whose last entry is gone are named when Redis is back', async ({
  tail,
  change,
  heard,
  events,
  server,
}) => {
  tail.watch('north', await change('north'));
  await change('north');
  await until('the first has come', () => heard.length === 1);
  await server.kill();
  await until('the loss is told', () => events.includes('lost'));
  await server.restart();
  await until('the gap is told', () => events.includes('found north'), 5_000);
});

test('a server that is stuck counts as lost', async ({ tail, change, heard, events, server }) => {
  tail.watch('north', await change('north'));
  await change('north');
  await until('the first has come', () => heard.length === 1);
  server.pause();
  await until('the loss is told', () => events.includes('lost'), 6_000);
  server.resume();
  await until('it is found again', () => events.includes('found'), 6_000);
});

test('a board whose stream was cut off behind the reader is named, and nothing after the hole is told', async ({
  tail,
  change,
  heard,
  events,
  look,
  keys,
}) => {
  const first = await change('north');
  const many = async (least: string): Promise<void> => {
    const writing = look.pipeline();
    for (let i = 0; i < 300; i++) writing.xadd(keys.boardStream('north'), '*', 'o', `${i}`, 'v', '1', 'l', '', 'c', '');
    writing.xtrim(keys.boardStream('north'), 'MINID', least);
    await writing.exec();
  };
  await many('0-0');
  tail.watch('north', first);
  await until('all have come', () => heard.length === 300);
  assert.equal(events, []);
  tail.unwatch('north');
  const position = positions(heard, 'north').at(-1)!;
  await many(`${position}1`);
  tail.watch('north', position);
  await until('the hole is told', () => events.includes('found north'));
  assert.is(heard.length, 300);
});

test('it closes while it waits, and while Redis is away', async ({ tail, change, server }) => {
  tail.watch('north', await change('north'));
  await server.kill();
  await tail.close();
});
