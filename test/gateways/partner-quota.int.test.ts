import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { modelOf, orderFields, partnerOf, send } from './open-partners.ts';
import { openRest, type RestNode, withSettings } from './open-rest.ts';

const test = spec<RestNode>(
  'quotas of partners over REST',
  (lend, title) =>
    withSettings({ env: { ANDON_PARTNER_ORDERS_PER_MINUTE: '100', ANDON_PARTNER_REQUESTS_PER_SECOND: '40' } })(
      async (config) => {
        const node = await openRest(config);
        try {
          await lend(node);
        } finally {
          await node.close();
        }
      },
      title,
    ),
  { deadlineMs: 30_000 },
);

test('every answer to a key says how much is left, errors too; others are told nothing', async (node) => {
  const { api } = await partnerOf(node);
  for (const [status, answer] of [
    [200, await api.get('/v1/orders')],
    [404, await api.get(`/v1/orders/${randomUUID()}`)],
    [422, await api.get('/v1/orders?limit=0')],
    [428, await api.post('/v1/orders', orderFields(randomUUID()))],
  ] as const) {
    assert.is(answer.status, status);
    assert.is(answer.headers.get('ratelimit-policy'), '"requests";q=40;w=1, "orders";q=100;w=60');
    assert.match(answer.headers.get('ratelimit') ?? '', /^"requests";r=\d+;t=1$/);
  }
  for (const answer of [await new Api(node.url).get('/v1/orders'), await new Api(node.url).get('/api/catalog')])
    assert.is(answer.headers.get('ratelimit'), null);
});

test('a batch over the quota is refused whole, told when it fits, and harms nobody else', async (node) => {
  const [one, other] = [await partnerOf(node), await partnerOf(node)];
  const [mine, theirs] = [await modelOf(one.api), await modelOf(other.api)];
  const batch = (model: string, count: number) => ({ orders: Array.from({ length: count }, () => orderFields(model)) });
  const made = await send(one.api, '/v1/orders/batch', batch(mine, 60));
  assert.match(made.headers.get('ratelimit') ?? '', /^"requests";r=\d+;t=1, "orders";r=40;t=\d+$/);
  const key = randomUUID();
  const refused = await send(one.api, '/v1/orders/batch', batch(mine, 60), { key });
  assert.equal(
    [refused.status, refused.body.code, refused.body.limit, refused.body.quota],
    [429, 'too_many', 100, 'orders'],
  );
  const seconds = Number(refused.headers.get('retry-after'));
  assert.ok(seconds >= 50 && seconds <= 60, `${seconds}: the window has just begun`);
  const { rows } = await node.core.pool.query(`select count(*)::int as n from actor_log where kind = 'order'`);
  assert.is(rows[0].n, 60);
  assert.is((await send(one.api, '/v1/orders/batch', batch(mine, 40))).status, 200, 'what is left is left');
  assert.is((await send(one.api, '/v1/orders', orderFields(mine))).status, 429);
  assert.is((await one.api.get('/v1/orders')).status, 200, 'reading goes on');
  assert.is((await send(other.api, '/v1/orders/batch', batch(theirs, 100))).status, 200);
});
