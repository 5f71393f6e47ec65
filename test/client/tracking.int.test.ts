import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type ClientWorld, withClients } from './open-client.ts';

const test = spec<ClientWorld>('orders that a program follows', withClients(), { deadlineMs: 60_000 });

/** Versions as they were told, and what is known of the order. */
function follow(client: Awaited<ReturnType<ClientWorld['client']>>, id: string, link?: string) {
  const tracking = client.order(id, link);
  const told = { versions: [] as number[], status: '', refused: '', tracking };
  tracking.onChange = ({ version, status }) => {
    told.versions.push(version);
    told.status = status;
  };
  tracking.onRefused = (code) => {
    told.refused = code;
  };
  return told;
}

const work = async (operator: Api, id: string, ...steps: readonly [string, number][]): Promise<void> => {
  for (const [step, epoch] of steps) assert.is((await operator.order(id, step, { epoch })).status, 200, step);
};
const upTo = (version: number): number[] => Array.from({ length: version }, (_, n) => n + 1);

test('two on one line: of each every version once and in order, over cuts, also when one is given up', async (world) => {
  const [buyer, operator] = [await world.as('buyer'), await world.as('operator', { site: 'north' })];
  const [a, b] = [
    await world.orderOf(buyer, 'MANUFACTURING_APPROVED'),
    await world.orderOf(buyer, 'MANUFACTURING_APPROVED'),
  ];
  const client = await world.client({ token: buyer.token! });
  const [one, two] = [follow(client, a.id), follow(client, b.id)];
  await until('the story so far is told', () => [one, two].every(({ versions }) => versions.length === a.version));
  await work(operator, a.id, ['capture', 0]);
  world.front.cut();
  await work(operator, b.id, ['capture', 0], ['start', 1]);
  await work(operator, a.id, ['start', 1], ['release', 1]);
  await until(
    'both are where they are',
    () => one.versions.length === a.version + 3 && two.versions.length === b.version + 2,
  );
  two.tracking.close();
  await work(operator, b.id, ['complete', 1]);
  await work(operator, a.id, ['capture', 2]);
  await until('the one goes on', () => one.versions.length === a.version + 4);
  assert.equal([one.versions, two.versions], [upTo(a.version + 4), upTo(b.version + 2)]);
  assert.is(two.status, 'MANUFACTURING_STARTED');
});

test('a guest follows by a link without a session, until the link is taken back', async (world) => {
  const buyer = await world.as('buyer');
  const { id } = await world.orderOf(buyer);
  const { body } = await buyer.post(`/api/orders/${id}/share`);
  const client = await world.client({});
  const token = String(body.url).split('/').at(-1) ?? '';
  const told = follow(client, id, token);
  await until('it is told', () => told.versions.length > 0 || told.refused !== '');
  assert.equal([told.versions, told.refused], [[1], '']);
  await buyer.call('DELETE', `/api/orders/${id}/share`);
  await until('it is over', () => told.refused !== '');
  assert.is(told.refused, 'not_found');
});
