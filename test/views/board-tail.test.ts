import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { BoardTail } from '../../src/views/board-tail.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('board tail over a broken connection');

/** A stream in memory; looking whether an entry still stands fails the first time. */
function broken() {
  const ids = Array.from({ length: 150 }, (_, i) => `1000-${i + 1}`);
  let looked = 0;
  const client = {
    status: 'ready',
    client: async () => 1,
    async xread(...args: unknown[]) {
      const after = Number(String(args.at(-1)).split('-')[1]);
      const found = ids.slice(after);
      if (found.length > 0)
        return [[args.at(-2), found.map((id) => [id, ['o', 'a', 'v', '1', 'l', 'new', 'c', '{}']])]];
      await sleep(5);
      return null;
    },
    async xrange(_stream: string, id: string) {
      looked += 1;
      if (looked === 1) throw new Error('Connection is closed.');
      return [[id, []]];
    },
    disconnect: () => undefined,
  };
  return { ids, client };
}

test('what was read when it broke, and not told yet, is read again', async () => {
  const { ids, client } = broken();
  const events: string[] = [];
  const told: string[] = [];
  const tail = new BoardTail({
    redis: { dedicated: () => client, call: async () => 1 } as never,
    keys: { boardStream: (board: string) => board } as never,
    entries: (_board, entries) => told.push(...entries.map(({ at }) => at)),
    lost: () => events.push('lost'),
    found: (gaps) => events.push(['found', ...gaps].join(' ')),
  });
  tail.watch('north', '1000-0');
  await until('all were told', () => told.length === 150);
  ids.push('1000-151');
  await until('the next one too', () => told.length === 151);
  assert.equal(told, ids);
  assert.equal(events, ['lost', 'found']);
  await tail.close();
});
