/** A node dies, and all it served come to another one at once. */
import * as assert from 'uvu/assert';
import { countStatements } from '../../bench/_kit/counting-proxy.ts';
import type { Change } from '../../gateways/contract/change.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BoardClient, boardCaughtUp, type Live, type LiveNode, withLive } from './open-live.ts';

const SCREENS = 150;
const ORDERS = 25;
/** Of one order. */
const FOLLOWERS = 5;

const test = spec<Live>(
  'a storm of clients',
  withLive({ env: { ANDON_SOCKETS_PER_USER: '1000', ANDON_REQUESTS_PER_SECOND: '10000' } }),
  {
    deadlineMs: 90_000,
  },
);

const times = <T>(count: number, of: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => of(i)));

test('costs Postgres at most one statement per order that is followed, and none per board', async (live) => {
  live.keep();
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north', limit: 100 })];
  const orders = await times(ORDERS, () => live.orderOf(buyer, 'MANUFACTURING_APPROVED'));
  await boardCaughtUp(live);
  const dying = await live.another();
  const before = await times(SCREENS, async () => {
    const board = new BoardClient(await dying.connect('/mes', operator));
    await board.open();
    return board;
  });
  await dying.sockets.close();
  for (const { id } of orders) assert.is((await operator.order(id, 'capture', { epoch: 0 })).status, 200);

  const proxy = await countStatements(live.config.databaseUrl);
  try {
    const next = await live.another({ databaseUrl: proxy.url });
    const follow = async (node: LiveNode, i: number) => {
      const { socket, ask } = await node.connect('/storefront', buyer);
      const order = orders[i % ORDERS];
      const changes: Change[] = [];
      socket.on('order:changed', (change: Change) => changes.push(change));
      const answer = await ask('track', { order: order?.id, since: order?.version });
      return { order, answer, changes };
    };
    // Whoever comes first finds out who they are, and that the schema fits: that is not what is counted.
    await follow(next, 0);
    await new BoardClient(await next.connect('/mes', operator)).open();
    const [known, all] = [new Map(proxy.byName), proxy.statements];
    const [boards, followers] = await Promise.all([
      times(SCREENS, async (i) => {
        const board = new BoardClient(await next.connect('/mes', operator));
        for (const [order, place] of before[i]?.places ?? []) board.places.set(order, place);
        const answer = await board.open({ epoch: before[i]?.epoch ?? '', at: before[i]?.at ?? '' });
        return { board, answer };
      }),
      times(ORDERS * FOLLOWERS, (i) => follow(next, i)),
    ]);
    const told = [...proxy.byName].map(([name, count]) => [name, count - (known.get(name) ?? 0)] as const);
    const counts = Object.fromEntries(told.filter(([, count]) => count > 0));
    // The usual times of a site, looked up every 50 ms here.
    const { 'views/flow-figures': figures = 0 } = counts;
    const statements = proxy.statements - all - figures;
    console.log(`${SCREENS} boards and ${followers.length} followers: ${statements} statements`, counts);
    assert.ok((counts['log/rows'] ?? 0) <= ORDERS, 'at most one per order');
    assert.equal(
      Object.keys(counts).filter((name) => /board|orders|heads/.test(name)),
      [],
      'none per board',
    );
    assert.ok(statements <= ORDERS + 10, `${statements} statements`);

    for (const { answer } of boards) assert.is(answer.mode, 'frames');
    for (const { order, answer } of followers) {
      const missed = answer.changes.map(({ version }: Change) => version);
      assert.equal([answer.ok, missed], [true, [(order?.version ?? 0) + 1]]);
    }
    const [first] = boards;
    await until('they have the server’s board', async () => {
      const { digest } = await first!.board.client.ask('board:digest', { site: 'north' });
      return boards.every(({ board }) => board.digest() === digest);
    });
    for (const { board } of boards) assert.equal(board.faults, []);
    const last = await operator.order(orders[0]!.id, 'start', { epoch: 1 });
    await until('those who follow are told', () =>
      followers.every(({ order, changes }) => order?.id !== orders[0]!.id || changes.length === 1),
    );
    assert.is(followers[0]?.changes[0]?.version, last.body.version);
  } finally {
    await proxy.close();
  }
});
