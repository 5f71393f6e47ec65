/**
 * Postgres is away for a while: commands are told to come later, orders and boards that Redis knows are served and say how
 * old they may be; nobody is told a no that rests on nothing.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import { until } from '../../_kit/until.ts';
import type { Lines } from './lines.ts';

export async function postgresAway(house: Lines, ms: number): Promise<void> {
  const { postgres, product, traffic } = house;
  const { supervisors, boards } = traffic;
  const boss = supervisors.get('north');
  assert.ok(boss);
  const card = await until('an order is on the board', () => {
    const [first] = boards.flatMap((board) => (board.site === 'north' ? board.cards('in_work') : []));
    return first;
  });
  await boss!.get(`/api/orders/${card!.order}`); // Redis knows it
  const before = { ...traffic.book.counts };
  const staleBefore = boards.map(({ staleFrames }) => staleFrames);
  const begun = Date.now();
  postgres.refuse();
  try {
    for (const at of product.nodes) {
      const told = await until(
        'a command is told to come later',
        async () => {
          const reply = await boss!.order(card!.order, 'set-priority', { priority: 2 }, { at, key: randomUUID() });
          return reply.status === 503 ? reply : undefined;
        },
        10_000,
      );
      assert.is(told?.body.code, 'unavailable');
      assert.ok(Number(told?.headers.get('retry-after')) >= 1, 'it says when to come again');
      for (const path of [`/api/orders/${card!.order}`, '/api/boards/north?lane=in_work'])
        await until(
          `${path} is served, marked`,
          async () => {
            const { status, headers, body } = await boss!.get(path, { at });
            if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
            return Number(headers.get('andon-stale')) >= 1;
          },
          10_000,
        );
    }
    await until(
      'every live board has been told that it may be old',
      () => boards.every(({ staleFrames, live }, i) => live && staleFrames > (staleBefore[i] ?? 0)),
      15_000,
    );
    await sleep(Math.max(0, ms - (Date.now() - begun)));
  } finally {
    postgres.resume();
  }
  assert.ok(traffic.book.counts.unavailable > before.unavailable, 'those who worked were told too');
  for (const at of product.nodes)
    await until(
      'nothing is marked any more',
      async () => (await boss!.get('/api/boards/north?lane=new', { at })).headers.get('andon-stale') === null,
      20_000,
    );
}
