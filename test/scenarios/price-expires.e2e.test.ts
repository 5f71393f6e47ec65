import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { createOrder } from '../_kit/story.ts';
import { done, type Floor, Followed, OF_A_STORY, refused, withFloor } from './floor.ts';

const VALID_MS = 4_000;
const test = spec<Floor>(
  'a price expires while the buyer looks at it',
  withFloor({ env: { ANDON_PRICE_VALID_MS: String(VALID_MS) } }),
  OF_A_STORY,
);

test('the buyer sees it expire, can’t approve it, asks anew and approves the new one', async ({
  buyer,
  connect,
  node,
}) => {
  const { id } = await createOrder(buyer);
  const seen = await Followed.begin(await connect('/storefront', buyer, 0), id);
  done(await buyer.order(id, 'submit', {}, { at: node(1) }));
  const { price: old } = await seen.sees('priced');
  const expired = await seen.sees('price-expired');
  assert.ok(Date.parse(expired.at) >= Date.parse(old.validUntil), 'not before its time');
  assert.equal(
    [expired.status, expired.waiting.for, expired.waiting.reason],
    ['PRICE_CALCULATED', 'buyer', 'price-expired'],
  );
  refused(await buyer.order(id, 'approve', { priceVersion: old.version }, { at: node(1) }), 'price_expired');

  assert.is(done(await buyer.order(id, 'requote')).status, 'SUBMITTED');
  const { price } = await seen.sees('priced', expired.version);
  const told = refused(await buyer.order(id, 'approve', { priceVersion: old.version }), 'price_changed');
  assert.equal(told.price, price, 'whoever approves the old one is told the new one');
  const approved = done(await buyer.order(id, 'approve', { priceVersion: price.version }));
  assert.equal([approved.status, approved.price], ['MANUFACTURING_APPROVED', price]);
  assert.ok(price.version > old.version && Date.parse(price.validUntil) > Date.parse(old.validUntil));
  assert.is(price.amount, old.amount, 'the same tariff, the same amount');
  await seen.sees('approved');
});
