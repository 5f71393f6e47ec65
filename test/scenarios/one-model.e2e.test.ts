import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { binaryStl, sphere } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { createOrder, newBuyer } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { done, type Floor, OF_A_STORY, withFloor } from './floor.ts';

const test = spec<Floor>(
  'many want a price for the same model at once',
  withFloor({ env: { ANDON_JOB_SLOTS: '8' } }),
  OF_A_STORY,
);

/** Lines of the workers' logs that say so. */
async function measurements(data: string): Promise<number> {
  const folder = join(data, 'logs');
  const files = (await readdir(folder)).filter((name) => name.startsWith('worker'));
  const logs = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return logs.join('\n').split('"event_type":"model_measured"').length - 1;
}

test('it is measured once, all are priced alike, and the picture is there', async ({ product, node }) => {
  const stl = binaryStl(sphere(20, 512, 128));
  const buyers = await Promise.all(Array.from({ length: 5 }, () => newBuyer(product.url)));
  const orders: { readonly buyer: Api; readonly id: string }[] = [];
  for (const buyer of buyers) {
    for (let n = 0; n < 6; n++) orders.push({ buyer, id: (await createOrder(buyer, { stl })).id });
  }
  await Promise.all(orders.map(async ({ buyer, id }, n) => done(await buyer.order(id, 'submit', {}, { at: node(n) }))));
  const priced = await Promise.all(
    orders.map(({ buyer, id }) =>
      until(
        'it is priced',
        async () => {
          const { body } = await buyer.get(`/api/orders/${id}`);
          return body.price === undefined ? undefined : body;
        },
        60_000,
      ),
    ),
  );
  assert.is(new Set(priced.map(({ price }) => price.amount)).size, 1);
  await until('its line is written', async () => (await measurements(product.data)) > 0);
  assert.is(await measurements(product.data), 1);
  const thumb = await fetch(`${product.url}/api/models/${priced[0].model.id}/thumb`, {
    headers: { authorization: `Bearer ${buyers[0]!.token}` },
  });
  assert.equal([thumb.status, thumb.headers.get('content-type')], [200, 'image/png']);
});
