import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { Api } from '../_kit/api.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { createOrder } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { done, type Floor, OF_A_STORY, withFloor } from './floor.ts';

interface Workshop extends Floor {
  /** Rewrites the tariff of site north. */
  write(change: (text: string) => string): Promise<void>;
}

const OURS = join(import.meta.dirname, '../../tariffs');

const withWorkshop: Fixture<Workshop> = async (lend, title) => {
  const dir = await mkdtemp(join(tmpdir(), 'andon-tariffs-'));
  const file = join(dir, 'north.json');
  try {
    await cp(OURS, dir, { recursive: true });
    const original = await readFile(file, 'utf8');
    const write = (change: (text: string) => string): Promise<void> => writeFile(file, change(original));
    await withFloor({ env: { ANDON_TARIFFS: dir } })((floor) => lend({ ...floor, write }), title);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const test = spec('a tariff changes while the shop is open', withWorkshop, OF_A_STORY);

test('every node and the worker go by the new one, a bad one is told and changes nothing', async (shop) => {
  const { buyer, node, write } = shop;
  const nodes = [node(0), node(1)].map((url) => new Api(url));
  const priceOf = async (edge: number): Promise<number> => {
    const { id } = await createOrder(buyer, { stl: binaryStl(box(10, 10, edge)) });
    done(await buyer.order(id, 'submit'));
    return until('it is priced', async () => (await buyer.get(`/api/orders/${id}`)).body.price?.amount);
  };
  const everywhere = (what: string, holds: (api: Api) => Promise<boolean>): Promise<unknown> =>
    until(what, async () => (await Promise.all(nodes.map(holds))).every(Boolean));
  const silver = async (api: Api): Promise<string> => {
    const { sites, materials } = (await api.get('/api/catalog')).body;
    const list = materials ?? sites.find(({ id }: { id: string }) => id === 'north').materials;
    return list.find(({ id }: { id: string }) => id === 'silver-925').name;
  };
  const degraded = async (api: Api): Promise<boolean> => (await api.get('/readyz')).body.degraded.includes('tariffs');

  const before = await priceOf(10);
  const dearer = (text: string): string =>
    text.replace('"setup": 1500', '"setup": 101500').replace('"Silver 925"', '"Fine silver"');
  await write(dearer);
  await everywhere('both nodes offer it', async (api) => (await silver(api)) === 'Fine silver');
  // The worker looks at the folder by itself; each box is another content, so that it is the worker that prices.
  let edge = 10;
  await until('the worker goes by it', async () => (await priceOf(++edge)) > before + 90_000);

  await write(() => '{"site": "north"');
  await everywhere('both nodes say so', degraded);
  assert.equal(await Promise.all(nodes.map(silver)), ['Fine silver', 'Fine silver']);
  assert.ok((await priceOf(++edge)) > before + 90_000);

  await write((text) => text);
  await everywhere('both nodes are well again', async (api) => !(await degraded(api)));
  assert.equal(await Promise.all(nodes.map(silver)), ['Silver 925', 'Silver 925']);
});
