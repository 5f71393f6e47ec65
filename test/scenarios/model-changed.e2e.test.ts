import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { binaryStl, box, sphere } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { createOrder, settings } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { done, type Floor, Followed, OF_A_STORY, read, timelineOf, withFloor } from './floor.ts';
import { inPostgres } from './truth.ts';

const test = spec<Floor>('another model while the price of the first is calculated', withFloor(), OF_A_STORY);

/** Nobody has measured it before; large enough for its price not to come at once. */
const slowModel = (): Uint8Array => binaryStl(sphere(9 + Math.random(), 300));

const pidOf = async ({ product }: Floor, type: string): Promise<number> => {
  const found = (await product.status()).processes.find((one) => one.type === type);
  assert.ok(found, `${type} runs`);
  return found!.pid;
};

const jobsOf = ({ product }: Floor, order: string): Promise<{ state: string; revision: number }[]> =>
  inPostgres(product, async (client) => {
    const { rows } = await client.query<{ state: string; revision: number }>(
      `SELECT state, (payload->>'revision')::int AS revision FROM jobs WHERE kind = 'price' AND actor_id = $1 ORDER BY 2`,
      [order],
    );
    return rows;
  });

test('the late price is not applied: the job is obsolete, the price is the new model’s', async (floor) => {
  const { buyer, node } = floor;
  const worker = await pidOf(floor, 'worker');
  const { id } = await createOrder(buyer, { stl: slowModel() });
  const side = 12;
  const stl = binaryStl(box(side, side, side));
  const { model } = done(await buyer.upload(stl, 'new.stl'));
  const seen = await Followed.begin(await floor.connect('/storefront', buyer, 0), id);
  done(await buyer.order(id, 'submit'));
  await seen.sees('pricing-started');
  // The calculation is under way; what it gives comes to a worker that goes on only after the change.
  process.kill(worker, 'SIGSTOP');
  try {
    assert.is((await read(buyer, id)).status, 'PRICING', 'no price yet');
    const changed = done(await buyer.order(id, 'attach-model', { model }, { at: node(1) }));
    assert.equal([changed.status, changed.revision, changed.model.id], ['SUBMITTED', 2, model]);
    assert.equal([changed.price, changed.model.facts], [undefined, undefined]);
  } finally {
    process.kill(worker, 'SIGCONT');
  }

  const { price } = await seen.sees('priced');
  await until(
    'both jobs are over',
    async () => {
      const jobs = await jobsOf(floor, id);
      return (
        JSON.stringify(jobs) ===
        JSON.stringify([
          { state: 'obsolete', revision: 1 },
          { state: 'done', revision: 2 },
        ])
      );
    },
    30_000,
  );
  const order = await read(buyer, id);
  assert.equal([order.status, order.revision, order.price], ['PRICE_CALCULATED', 2, price]);
  assert.ok(Math.abs(order.model.facts.volumeMm3 - side ** 3) < 0.01, 'the facts are the new model’s');
  // North, silver 925, as made: set-up, and 10.36 g/cm³ at 2.10 a gram.
  assert.is(price.amount, 1_500 + Math.round((side ** 3 / 1_000) * 10.36 * 210));

  const alone = await createOrder(buyer, { stl });
  done(await buyer.order(alone.id, 'submit'));
  const same = await until('the new model alone is priced', async () => {
    const it = await read(buyer, alone.id);
    return it.status === 'PRICE_CALCULATED' && it;
  });
  assert.equal(same.price.lines, price.lines);
  const items = await timelineOf(buyer, id);
  assert.is(items.filter(({ type }) => type === 'priced').length, 1);
  const attached = items.find(({ type }) => type === 'model-attached');
  assert.equal([attached.from, attached.to], ['PRICING', 'SUBMITTED']);
});

test('other settings while the price is calculated: the price is of those', async (floor) => {
  const { buyer } = floor;
  const worker = await pidOf(floor, 'worker');
  const { id } = await createOrder(buyer, { stl: slowModel() });
  const wanted = { ...(await settings(buyer)), quantity: 7 };
  const seen = await Followed.begin(await floor.connect('/storefront', buyer, 1), id);
  done(await buyer.order(id, 'submit'));
  await seen.sees('pricing-started');
  process.kill(worker, 'SIGSTOP');
  const key = randomUUID();
  try {
    assert.is((await read(buyer, id)).status, 'PRICING', 'no price yet');
    const [first, again] = await Promise.all([
      buyer.order(id, 'change-settings', { settings: wanted }, { key, at: floor.node(0) }),
      buyer.order(id, 'change-settings', { settings: wanted }, { key, at: floor.node(1) }),
    ]);
    assert.equal(done(first), done(again));
    assert.is(first.body.revision, 2, 'one revision, however often it was sent');
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  const priced = await seen.sees('priced');
  const grams = (priced.model.facts.volumeMm3 / 1_000) * 10.36 * wanted.quantity;
  const material = Math.round(grams * 210);
  // From five pieces on 5 % off the material.
  assert.is(priced.price.amount, 1_500 + material - Math.round((material * 5) / 100));
  assert.equal([priced.settings.quantity, priced.revision], [7, 2]);
});
