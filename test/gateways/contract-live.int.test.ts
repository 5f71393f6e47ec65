import * as assert from 'uvu/assert';
import type { Snapshot } from '../../gateways/contract/board.ts';
import { MESSAGE_EXAMPLES } from '../../gateways/contract/examples/messages.ts';
import { ID, SESSION } from '../../gateways/contract/examples/things.ts';
import { MESSAGES, type Space } from '../../gateways/contract/messages.ts';
import { nackSchema } from '../../gateways/contract/problems.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BEFORE, type Ids, real, storyOf, type World, withWorld } from './contract-world.ts';
import type { Client, ConnectOptions } from './open-live.ts';
import { faultsOf } from './strict.ts';

const test = spec<World>('the examples of socket messages, really sent', withWorld, {
  deadlineMs: 60_000,
  shared: true,
});

const messageOf = (event: string, from: 'client' | 'server') =>
  MESSAGES.find((one) => one.event === event && one.from === from);

/** A socket on which everything that comes is compared with the description. */
async function listener({ live }: World, space: Space, who: Api | ConnectOptions) {
  const client = await live.connect(space, who);
  const heard = new Set<string>();
  const faults: string[] = [];
  client.socket.onAny((event: string, message: unknown) => {
    const described = messageOf(event, 'server');
    heard.add(event);
    if (!described?.spaces.includes(space)) faults.push(`${event} is not described for ${space}`);
    else faults.push(...faultsOf(described.message, message).map((fault) => `${event}: ${fault}`));
  });
  return { ...client, heard, faults };
}

/** Sends the n-th example of an event; the answer must be as described. `change`: what can't be known before. */
async function say({ ask }: Client, event: string, n = 0, ids: Ids = {}, change: object = {}) {
  const { message } = MESSAGE_EXAMPLES[event]![n]!;
  const ack = await ask(event, { ...real(message, ids), ...change });
  assert.equal(faultsOf(messageOf(event, 'client')?.ack, ack), [], `${event}: ${JSON.stringify(ack).slice(0, 500)}`);
  return ack;
}

const renewed = async (api: Api): Promise<string> => (await api.post('/api/session/renew')).body.token;

test('an order is followed by its buyer: anew, and from a version on', async (world) => {
  const { people } = world;
  const story = await storyOf(world, 'buyer', ['create', 'submit', 'priced']);
  const client = await listener(world, '/storefront', people.buyer);
  await say(client, 'track', 0, story.ids);
  assert.ok((await say(client, 'track', 1, story.ids)).changes.length > 0);
  for (const command of ['approve', 'capture', 'hold']) await story.send(command);
  await until('changes came', () => client.heard.has('order:changed'));
  await say(client, 'untrack', 0, story.ids);
  await say(client, 'session:renew', 0, {}, { token: await renewed(people.buyer) });
  const { ids } = await storyOf(world, 'buyer', ['create', 'submit']);
  await say(client, 'track', 0, ids);
  await until('there is a place in the queue', () => client.heard.has('price:progress'), 10_000);
  assert.equal(client.faults, []);
});

test('an order is followed by a guest until the link is revoked', async (world) => {
  const { ids } = await storyOf(world, 'buyer', [...(BEFORE['capture'] ?? []), 'capture']);
  const { token } = (await world.people.buyer.post(`/api/orders/${ids.order}/share`)).body;
  const guest = await listener(world, '/storefront', {});
  await say(guest, 'track', 2, ids, { token });
  await world.people.buyer.call('DELETE', `/api/orders/${ids.order}/share`);
  await until('it is told', () => guest.heard.has('track:ended'));
  assert.equal(guest.faults, []);
});

test('a board is watched: anew, from a position on, page by page, compared, and left', async (world) => {
  const { supervisor } = world.people;
  const story = await storyOf(world, 'buyer', [...(BEFORE['capture'] ?? []), 'capture']);
  const client = await listener(world, '/mes', supervisor);
  const shown = async (): Promise<number> => (await say(client, 'board:page')).items.length;
  await until('the board shows it', async () => (await shown()) > 0, 20_000);
  const snapshot: Snapshot = await say(client, 'board:open');
  await until('it is complete', () => client.heard.has('board:ready'));
  await story.send('hold');
  await until('a frame came', () => client.heard.has('board:frame'), 20_000);
  const { epoch, at } = snapshot;
  const missed = await say(client, 'board:open', 1, {}, { resume: { epoch, at } });
  assert.is(missed.mode, 'frames');
  assert.ok(missed.frames.length > 0);
  await say(client, 'board:digest');
  await say(client, 'board:close');
  await say(client, 'session:renew', 0, {}, { token: await renewed(supervisor) });
  assert.equal(client.faults, []);
});

test('what one must know at once is told to all one’s sockets', async (world) => {
  const { people } = world;
  const story = await storyOf(world, 'buyer', BEFORE['hand-over'] ?? []);
  const [colleague, holder] = [
    await listener(world, '/mes', people.colleague),
    await listener(world, '/mes', people.operator),
  ];
  await story.send('hand-over');
  await until('the colleague is told', () => colleague.heard.has('you'));
  await story.send('request-cancel');
  await until('the holder is told', () => holder.heard.has('you'));
  assert.equal([...colleague.faults, ...holder.faults], []);
});

test('a no is as described, over both namespaces', async (world) => {
  const { people } = world;
  const { ids } = await storyOf(world, 'buyer', [...(BEFORE['capture'] ?? []), 'capture']);
  const [floor, shop] = [
    await listener(world, '/mes', people.colleague),
    await listener(world, '/storefront', people.buyer),
  ];
  const order = ids.order;
  for (const [client, event, message, code] of [
    [floor, 'command', { order, type: 'capture', epoch: 1 }, 'already_captured'],
    [floor, 'command', { order, type: 'start', epoch: 0 }, 'stale_epoch'],
    [floor, 'command', { order, type: 'start', epoch: 1 }, 'not_holder'],
    [floor, 'command', { order, type: 'capture', epoch: 1, expectedVersion: 1 }, 'version_changed'],
    [floor, 'command', { order, type: 'pack' }, 'forbidden'],
    [floor, 'command', { order: ID.order, type: 'capture', epoch: 0 }, 'not_found'],
    [floor, 'board:open', { site: 'south' }, 'forbidden'],
    [floor, 'board:open', { site: 'nowhere' }, 'not_found'],
    [floor, 'board:page', { site: 'north', lane: 'new', cursor: 'x' }, 'invalid'],
    [floor, 'command', { order, type: 'fly' }, 'invalid'],
    [shop, 'track', { order: ID.order }, 'not_found'],
    [shop, 'session:renew', { token: SESSION.token }, 'unauthenticated'],
  ] as const) {
    const ack = await client.ask(event, message);
    assert.is(ack.code, code, JSON.stringify(message));
    assert.equal(faultsOf(nackSchema(code), ack), [], `${code}: ${JSON.stringify(ack)}`);
  }
});

test('a node that stops says when to come back', async (world) => {
  const client = await listener(world, '/mes', world.people.supervisor);
  const drained = world.live.sockets.drain(1_000, 0);
  await until('it is told', () => client.heard.has('server:drain'));
  await drained;
  assert.equal(client.faults, []);
});
