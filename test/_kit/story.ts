/** The way of an order through the public interfaces, for scenario tests. */
import { randomUUID } from 'node:crypto';
import { Api, signIn } from './api.ts';
import type { Product } from './product.ts';
import { binaryStl, box } from './solids.ts';
import { until } from './until.ts';

export const cube = (): Uint8Array => binaryStl(box(10, 10, 10));

/** Signs up a buyer of its own. */
export async function newBuyer(url: string): Promise<Api> {
  const login = `buyer-${randomUUID()}`;
  const password = randomUUID();
  const { status, body } = await new Api(url).post('/api/buyers', {
    name: 'Test Buyer',
    contact: `${login}@example.org`,
    login,
    password,
  });
  if (status >= 300) throw new Error(`sign-up: ${status} ${JSON.stringify(body)}`);
  return new Api(url, body);
}

export async function operators(
  product: Product,
  count: number,
  options: { site?: string; limit?: number } = {},
): Promise<Api[]> {
  const { site = 'north', limit } = options;
  const logins = await product.addUsers('operator', { site, count, ...(limit === undefined ? {} : { limit }) });
  const apis = await Promise.all(logins.map((login) => signIn(product.url, login)));
  await Promise.all(
    apis.map(async (api) => {
      const { status, body } = await api.post('/api/operators/me/start-shift', {}, { key: randomUUID() });
      if (status !== 200) throw new Error(`start-shift: ${status} ${JSON.stringify(body)}`);
    }),
  );
  return apis;
}

export async function settings(
  api: Api,
  site = 'north',
): Promise<{ material: string; finish: string; quantity: number; urgency: string }> {
  const { body } = await api.get('/api/catalog');
  const catalog = body.materials ? body : body.sites.find((s: { id: string }) => s.id === site);
  const [material] = catalog.materials;
  return { material: material.id, finish: material.finishes[0].id, quantity: 1, urgency: catalog.urgencies[0].id };
}

export interface Made {
  readonly id: string;
  readonly epoch: number;
  readonly version: number;
}

/** INITIATED order of an uploaded model. */
export async function createOrder(buyer: Api, options: { stl?: Uint8Array; site?: string } = {}): Promise<Made> {
  const { site = 'north', stl = cube() } = options;
  const model = await buyer.upload(stl, 'cube.stl');
  if (model.status !== 201) throw new Error(`upload: ${model.status} ${JSON.stringify(model.body)}`);
  const fields = { model: model.body.model, settings: await settings(buyer, site), site };
  const created = await buyer.post('/api/orders', fields, { key: randomUUID() });
  if (created.status !== 201) throw new Error(`create: ${created.status} ${JSON.stringify(created.body)}`);
  return created.body;
}

/** An order that operators can capture: created, submitted, priced by a worker, approved. */
export async function approvedOrder(buyer: Api, options: { stl?: Uint8Array; site?: string } = {}): Promise<Made> {
  const { id } = await createOrder(buyer, options);
  const submitted = await buyer.order(id, 'submit');
  if (submitted.status !== 200) throw new Error(`submit: ${submitted.status} ${JSON.stringify(submitted.body)}`);
  await until('a price', async () => (await buyer.get(`/api/orders/${id}`)).body.status === 'PRICE_CALCULATED', 30_000);
  const { body } = await buyer.get(`/api/orders/${id}`);
  const approved = await buyer.order(id, 'approve', { priceVersion: body.price.version });
  if (approved.status !== 200) throw new Error(`approve: ${approved.status} ${JSON.stringify(approved.body)}`);
  return approved.body;
}
