import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Rest, withRest } from './open-rest.ts';

const test = spec<Rest>('orders in which something may still happen', withRest, { deadlineMs: 20_000 });

test('status=OPEN lists every order but those that have ended, page by page', async ({ as, orderOf, keep }) => {
  keep();
  const [buyer, crm] = [await as('buyer'), await as('crm')];
  const ids: string[] = [];
  for (const status of ['INITIATED', 'PRICE_CALCULATED', 'MANUFACTURING_APPROVED'] as const)
    ids.push((await orderOf(buyer, status)).id);
  const ended = await orderOf(buyer, 'PRICE_CALCULATED');
  await buyer.order(ended.id, 'request-cancel', { reason: 'changed-mind' });
  const list = async (query: string) => (await crm.get(`/api/orders?${query}`)).body;
  await until('the list has it', async () => (await list('status=CANCELLED')).items.length === 1);
  const first = await list('status=OPEN&limit=2');
  const second = await list(`status=OPEN&limit=2&cursor=${encodeURIComponent(first.next)}`);
  assert.is(second.next, null);
  const listed = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
  assert.equal(listed.toSorted(), ids.toSorted());
  assert.is((await crm.get('/api/orders?status=open')).status, 422, 'it is no word of another kind');
});

test('a list asked for again is 304 until something in it changes', async ({ as, orderOf, keep }) => {
  keep();
  const [buyer, crm] = [await as('buyer'), await as('crm')];
  const { id } = await orderOf(buyer, 'PRICE_CALCULATED');
  const ask = (tag?: string) =>
    crm.get('/api/orders?status=OPEN', tag === undefined ? {} : { headers: { 'if-none-match': tag } });
  await until('the list has it', async () => (await ask()).body.items[0]?.status === 'PRICE_CALCULATED');
  const first = await ask();
  const tag = first.headers.get('etag')!;
  const again = await ask(tag);
  assert.equal([again.status, again.body], [304, '']);
  await buyer.order(id, 'approve', { priceVersion: 1 });
  await until('the list tells it', async () => (await ask(tag)).status === 200);
  const changed = await ask(tag);
  assert.is(changed.body.items[0].status, 'MANUFACTURING_APPROVED');
  assert.is.not(changed.headers.get('etag'), tag);
});
