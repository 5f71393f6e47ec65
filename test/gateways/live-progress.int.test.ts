import { randomUUID } from 'node:crypto';
import { Value } from 'typebox/value';
import * as assert from 'uvu/assert';
import { PriceProgress } from '../../gateways/contract/live.ts';
import { Pace } from '../../src/work/pace.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Live, type LiveNode, withLive } from './open-live.ts';

const test = spec<Live>('waiting for a price', withLive(), { deadlineMs: 20_000 });

async function follower(node: LiveNode, who: Api, order: string) {
  const client = await node.connect('/storefront', who);
  const told: PriceProgress[] = [];
  const events: string[] = [];
  client.socket.on('price:progress', (progress: PriceProgress) => {
    told.push(progress);
    events.push('progress');
  });
  client.socket.on('order:changed', ({ type }: { type: string }) => events.push(type));
  const ack = await client.ask('track', { order });
  assert.is(ack.ok, true);
  return { ...client, told, events };
}

test('the buyer sees its place, the estimate, and once that the price is there', async (live) => {
  const buyer = await live.as('buyer');
  const orders = [await live.orderOf(buyer), await live.orderOf(buyer)];
  for (const { id } of orders) await buyer.order(id, 'submit');
  const [first, second] = orders.map(({ id }) => id);
  const me = await follower(await live.another(), buyer, second!);
  await until('it has a place', () => me.told.length > 0);
  assert.equal(me.told, [{ order: second, position: 1, etaSeconds: null, done: false }]);
  const pace = new Pace(live.core.pool, { worker: randomUUID(), kind: 'price', slots: 1 });
  await pace.timed({ run: async () => undefined }).run({} as never, new AbortController().signal);
  await pace.tell();
  await until('it has an estimate', () => me.told.at(-1)?.etaSeconds === 1);
  await live.core.pool.query("update jobs set state = 'done' where actor_id = $1 and kind = 'price'", [first]);
  await until('it is next', () => me.told.at(-1)?.position === 0);
  await live.priced(second!);
  await until('it is over', () => me.told.at(-1)?.done === true);
  for (const progress of me.told) assert.ok(Value.Check(PriceProgress, progress), JSON.stringify(progress));
  assert.equal(
    me.told.filter(({ done }) => done),
    [{ order: second, position: 0, etaSeconds: 0, done: true }],
  );
  assert.equal(me.events.slice(-2), ['priced', 'progress']);
});

test('whoever gives up following, or comes when there is a price, is told nothing', async (live) => {
  const buyer = await live.as('buyer');
  const waiting = await live.orderOf(buyer);
  await buyer.order(waiting.id, 'submit');
  const [gone, witness] = [await follower(live, buyer, waiting.id), await follower(live, buyer, waiting.id)];
  await until('both have a place', () => gone.told.length === 1 && witness.told.length === 1);
  await gone.ask('untrack', { order: waiting.id });
  const late = await follower(live, buyer, (await live.orderOf(buyer, 'PRICE_CALCULATED')).id);
  await live.priced(waiting.id);
  await until('who still follows is told', () => witness.told.at(-1)?.done === true);
  assert.equal([gone.told.length, late.told.length], [1, 0]);
});
