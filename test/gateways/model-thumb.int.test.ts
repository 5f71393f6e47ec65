import { createHash, randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { measureMesh } from '../../src/geometry/measure-mesh.ts';
import { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { shelfOf } from '../files/shelf.ts';
import { type Rest, withRest } from './open-rest.ts';
import { SETTINGS, STL } from './rest-story.ts';

const test = spec('pictures of models over REST', withRest, { deadlineMs: 20_000 });

/** What the price job does with the content of `STL`. */
async function measureIt({ core }: Rest): Promise<Buffer> {
  const models = shelfOf(core.pool, core.config.filesDir);
  const read = async (into: Uint8Array, at: number): Promise<number> => {
    const part = STL.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  };
  const sight = await measureMesh({ bytes: STL.length, read }, 1_000_000);
  await models.keepMeasured({ sha256: createHash('sha256').update(STL).digest('hex') }, sight);
  return Buffer.from(sight.thumb!);
}

const picture = (who: Api, model: string, headers = {}): Promise<Response> =>
  fetch(`${who.url}/api/models/${model}/thumb`, { headers: { authorization: `Bearer ${who.token}`, ...headers } });

test('there is none until the model was measured, then the owner keeps it for a day', async (rest) => {
  const buyer = await rest.as('buyer');
  const { model } = (await buyer.upload(STL, 'ring.stl')).body;
  const before = await picture(buyer, model);
  assert.equal([before.status, before.headers.get('cache-control')], [404, 'no-store']);
  const png = await measureIt(rest);
  const after = await picture(buyer, model);
  assert.equal(
    [
      after.status,
      ...['content-type', 'cache-control', 'vary', 'x-content-type-options'].map((h) => after.headers.get(h)),
    ],
    [200, 'image/png', 'private, max-age=86400, immutable', 'Cookie, Authorization', 'nosniff'],
  );
  assert.ok(Buffer.from(await after.arrayBuffer()).equals(png));
  const tag = after.headers.get('etag')!;
  assert.is(tag, `"${createHash('sha256').update(png).digest('hex')}"`);
  const again = await picture(buyer, model, { 'if-none-match': tag });
  assert.equal([again.status, again.headers.get('etag'), (await again.arrayBuffer()).byteLength], [304, tag, 0]);
});

test('who may read the file may see the picture, and nobody else', async (rest) => {
  rest.keep();
  const [buyer, stranger, north, south, crm] = [
    await rest.as('buyer'),
    await rest.as('buyer'),
    await rest.as('operator', { site: 'north' }),
    await rest.as('packer', { site: 'south' }),
    await rest.as('crm'),
  ];
  const { model } = (await buyer.upload(STL, 'ring.stl')).body;
  await measureIt(rest);
  assert.is((await picture(north, model)).status, 404);
  await buyer.post('/api/orders', { model, settings: SETTINGS, site: 'north' }, { key: randomUUID() });
  await until('the site has the order', async () => (await picture(north, model)).status === 200);
  assert.is((await picture(crm, model)).status, 200);
  for (const who of [south, stranger]) assert.is((await picture(who, model)).status, 404);
  assert.is((await picture(new Api(rest.url), model)).status, 401);
});

test('a card names the picture of its model', async (rest) => {
  rest.keep();
  const buyer = await rest.as('buyer');
  const operator = await rest.as('operator', { site: 'north' });
  const { id, model } = await rest.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await measureIt(rest);
  const card = await until('it is on the board', async () => {
    const { body } = await operator.get('/api/boards/north?lane=new');
    return body.items?.find(({ order }: { order: string }) => order === id);
  });
  assert.is(card.thumb, `/api/models/${model.id}/thumb`);
  const shown = await fetch(`${rest.url}${card.thumb}`, { headers: { authorization: `Bearer ${operator.token}` } });
  assert.equal([shown.status, shown.headers.get('content-type')], [200, 'image/png']);
});
