import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Order } from '../../gateways/contract/order.ts';
import { type CutProxy, cutProxy } from '../_kit/cut-proxy.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { openRest, type RestNode, withSettings } from './open-rest.ts';
import { SETTINGS } from './rest-story.ts';

interface Behind {
  readonly node: RestNode;
  readonly postgres: CutProxy;
}

/** A node that reaches Postgres over a line that can be cut. */
const withLine: Fixture<Behind> = (lend, title) =>
  withSettings({ env: { ANDON_COMMAND_MS: '1000' } })(async (config) => {
    const at = new URL(config.databaseUrl);
    const postgres = await cutProxy(Number(at.port || 5432));
    at.hostname = '127.0.0.1';
    at.port = String(postgres.port);
    const node = await openRest({ ...config, databaseUrl: at.href });
    try {
      await lend({ node, postgres });
    } finally {
      await node.close();
      await postgres.close();
    }
  }, title);

const test = spec<Behind>('without Postgres', withLine, { deadlineMs: 60_000 });

test('orders and boards are still served and say how old they may be; lists and commands say when to come again', async ({
  node,
  postgres,
}) => {
  node.keep();
  const [buyer, boss] = [await node.as('buyer'), await node.as('supervisor')];
  const { id } = await node.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const board = () => boss.get('/api/boards/north?lane=new');
  await until('the board has it', async () => (await board()).body.counts?.new === 1, 20_000);
  const [order, page] = [await buyer.get(`/api/orders/${id}`), await board()];
  assert.equal([order.headers.get('andon-stale'), page.headers.get('andon-stale')], [null, null]);

  postgres.cutRequests(Number.MAX_SAFE_INTEGER);
  const cut = performance.now();
  await until('it is noticed', async () => (await buyer.get(`/api/orders/${id}`)).headers.has('andon-stale'));
  const [read, shown] = [await buyer.get(`/api/orders/${id}`), await board()];
  assert.equal([read.status, read.body], [200, order.body]);
  assert.equal(
    [shown.status, shown.body.items.map(({ order: one }: { order: string }) => one), shown.body.stale > 0],
    [200, [id], true],
  );
  const most = Math.ceil((performance.now() - cut) / 1_000) + 1; // it was asked for the last time before the cut
  for (const { headers } of [read, shown]) {
    const seconds = Number(headers.get('andon-stale'));
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= most, `${seconds} of at most ${most}`);
  }
  const create = { model: randomUUID(), settings: SETTINGS };
  for (const reply of [
    await buyer.get('/api/orders'),
    await buyer.get(`/api/orders/${id}/timeline`),
    await buyer.order(id, 'request-cancel', { reason: 'changed-mind' }),
    await buyer.post('/api/orders', create, { key: randomUUID() }),
  ])
    assert.equal([reply.status, reply.body.code, reply.headers.get('retry-after')], [503, 'unavailable', '1']);

  postgres.resume();
  await until('it is there again', async () => !(await board()).headers.has('andon-stale'), 20_000);
  const again: Order = (await buyer.get(`/api/orders/${id}`)).body;
  assert.is(again.version, order.body.version, 'nothing happened meanwhile');
});
