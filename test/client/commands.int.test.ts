import * as assert from 'uvu/assert';
import type { Order } from '../../gateways/contract/order.ts';
import type { Timeline } from '../../gateways/contract/timeline.ts';
import type { Client } from '../../web/client/client.ts';
import { cutProxy } from '../_kit/cut-proxy.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type ClientWorld, portOf, withClients } from './open-client.ts';

const test = spec<ClientWorld>('commands of a program', withClients(), { deadlineMs: 60_000 });

test('one whose answer is lost with its node is repeated at another with the same key, and counts once', async (world) => {
  const [buyer, operator] = [await world.as('buyer'), await world.as('operator', { site: 'north' })];
  const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const other = await world.another();
  const dying = await cutProxy(portOf(world.url));
  try {
    world.front.leadTo(dying.port);
    const client = await world.client({ token: operator.token! });
    await client.line('/mes').opened();
    dying.cutReplies(1);
    let repeats = 0;
    const answer = client.commands.send({ target: { order: id }, type: 'capture', fields: { epoch: 0 } }, () => {
      repeats += 1;
    });
    await until('the answer is lost', () => dying.cuts() === 1);
    dying.refuse();
    world.front.leadTo(portOf(other.url));
    const captured = await answer;
    assert.equal([captured.ok, captured.ok && captured.replay], [true, true], JSON.stringify(captured));
    assert.ok(repeats > 0);
    const { body } = await operator.get(`/api/orders/${id}/timeline`);
    const types = (body as Timeline).items.map(({ type }) => type);
    assert.is(types.filter((type) => type === 'captured').length, 1);
  } finally {
    await dying.close();
  }
});

/** Its line leads nowhere from now on. */
async function loseLine(world: ClientWorld, client: Client): Promise<void> {
  const line = client.line('/mes');
  await line.opened();
  const nowhere = await cutProxy(portOf(world.url));
  await nowhere.close();
  world.front.leadTo(nowhere.port);
  await until('the line is lost', () => line.state === 'lost');
}

test('what is done while the line is away is done in order when it is back; what is too much ends as offline', async (world) => {
  const [buyer, operator] = [await world.as('buyer'), await world.as('operator', { site: 'north' })];
  const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const client = await world.client({ token: operator.token!, most: 3 });
  await loseLine(world, client);
  const send = (type: string, epoch: number) =>
    client.commands.send({ target: { order: id }, type, fields: { epoch } });
  const steps = [send('capture', 0), send('start', 1), send('complete', 1)];
  assert.equal(await send('release', 1), { ok: false, code: 'offline' });
  world.front.leadTo(portOf(world.url));
  const versions = (await Promise.all(steps)).map((answer) => (answer.ok ? answer.version : answer.code));
  const { body } = await operator.get(`/api/orders/${id}`);
  const { version, status } = body as Order;
  assert.equal([versions, status], [[version - 2, version - 1, version], 'MANUFACTURING_COMPLETED']);
});

test('one that is too old and was never sent ends as offline, and is not done later', async (world) => {
  const [buyer, operator] = [await world.as('buyer'), await world.as('operator', { site: 'north' })];
  const { id } = await world.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const client = await world.client({ token: operator.token!, ageMs: 300 });
  await loseLine(world, client);
  const capture = { target: { order: id }, type: 'capture', fields: { epoch: 0 } };
  assert.equal(await client.commands.send(capture), { ok: false, code: 'offline' });
  world.front.leadTo(portOf(world.url));
  await client.line('/mes').opened();
  const hold = { target: { order: id }, type: 'capture', fields: { epoch: 1 } };
  const answer = await client.commands.send(hold);
  assert.equal(answer.ok ? 'done' : answer.code, 'stale_epoch', 'nobody has captured it');
});

test('a buyer’s go by REST, and say what order came of it', async (world) => {
  const buyer = await world.as('buyer');
  const { id } = await world.orderOf(buyer, 'PRICE_CALCULATED');
  const client = await world.client({ token: buyer.token! });
  const answer = await client.commands.send({ target: { order: id }, type: 'approve', fields: { priceVersion: 1 } });
  assert.is(answer.ok && answer.order?.status, 'MANUFACTURING_APPROVED');
  const refused = await client.commands.send({ target: { order: id }, type: 'approve', fields: { priceVersion: 1 } });
  assert.is(refused.ok ? 'done' : refused.code, 'wrong_status');
});
