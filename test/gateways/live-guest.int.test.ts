import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Change } from '../../gateways/contract/change.ts';
import type { TrackEnded } from '../../gateways/contract/live.ts';
import { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type LiveWithRedis, withOwnRedis } from './live-own-redis.ts';
import { type Client, type Live, type LiveNode, withLive } from './open-live.ts';

const test = spec<Live>('guests over sockets', withLive(), { deadlineMs: 20_000 });

interface Guest extends Client {
  readonly changes: Change[];
  readonly ended: string[];
}

async function guestOf(node: LiveNode, who: Api | object = {}): Promise<Guest> {
  const client = await node.connect('/storefront', who as Api);
  const [changes, ended]: [Change[], string[]] = [[], []];
  client.socket.on('order:changed', (change: Change) => changes.push(change));
  client.socket.on('track:ended', ({ order }: TrackEnded) => ended.push(order));
  return { ...client, changes, ended };
}

const linkOf = async (buyer: Api, order: string): Promise<string> =>
  (await buyer.post(`/api/orders/${order}/share`)).body.token;
const unshare = (buyer: Api, order: string) => buyer.call('DELETE', `/api/orders/${order}/share`);
const versionsOf = (changes: readonly Change[]): number[] => changes.map(({ version }) => version);

test('a guest with a link follows its order, every version once, and sees no names', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const { id, version } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  const token = await linkOf(buyer, id);
  const guest = await guestOf(await live.another());
  const opened = await guest.ask('track', { order: id, token });
  assert.equal([opened.ok, opened.snapshot, opened.order.version], [true, true, version]);
  await operator.order(id, 'capture', { epoch: 0 });
  await operator.order(id, 'start', { epoch: 1 });
  await until('both are told', () => guest.changes.length === 2);
  assert.equal(versionsOf(guest.changes), [version + 1, version + 2]);
  const again = await guest.ask('track', { order: id, token, since: 0 });
  assert.is(again.changes.length, version + 2);
  const shown = JSON.stringify([opened, again, guest.changes]);
  for (const secret of [operator.id, operator.name, buyer.id]) assert.not(shown.includes(secret));
});

test('a guest may follow by a link and do nothing else', async (live) => {
  const buyer = await live.as('buyer');
  const [{ id }, other] = [await live.orderOf(buyer), await live.orderOf(buyer)];
  const token = await linkOf(buyer, id);
  const code = async (event: string, message: object) => {
    const { ask, socket } = await guestOf(live);
    const answer = await ask(event, message);
    socket.close();
    return answer.ok ? 'ok' : answer.code;
  };
  assert.is(await code('track', { order: id }), 'unauthenticated');
  assert.is(await code('track', { order: id, token: '' }), 'not_found');
  assert.is(await code('track', { order: id, token: `${token.slice(1)}x` }), 'not_found');
  assert.is(await code('track', { order: other.id, token }), 'not_found');
  assert.is(await code('track', { order: randomUUID(), token }), 'not_found');
  assert.is(await code('command', { order: id, type: 'submit', token }), 'invalid');
  assert.is(await code('session:renew', { token: buyer.token }), 'unauthenticated');
  assert.is(await code('track', { order: id, token }), 'ok');
  const refused = await live.connect('/mes', {}).catch(({ code: why }) => why);
  assert.is(refused, 'unauthenticated');
});

test('who is signed in may follow another’s order by its link, as a guest', async (live) => {
  const [buyer, south, north] = [
    await live.as('buyer'),
    await live.as('supervisor', { site: 'south' }),
    await live.as('operator', { site: 'north' }),
  ];
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await north.order(id, 'capture', { epoch: 0 });
  const token = await linkOf(buyer, id);
  const other = await guestOf(live, south);
  assert.is((await other.ask('track', { order: id })).code, 'not_found');
  const opened = await other.ask('track', { order: id, token });
  assert.equal([opened.ok, Object.keys(opened.order.capture)], [true, ['since']]);
});

test('revoking ends what guests follow, on all nodes at once; the owner goes on', async (live) => {
  const node = await live.another();
  const buyer = await live.as('buyer');
  const [{ id }, other] = [await live.orderOf(buyer, 'PRICE_CALCULATED'), await live.orderOf(buyer)];
  const token = await linkOf(buyer, id);
  const guests = [await guestOf(live), await guestOf(node), await guestOf(node)];
  const [signedIn, owner] = [await guestOf(node, await live.as('buyer')), await guestOf(node, buyer)];
  for (const guest of [...guests, signedIn, owner]) assert.ok((await guest.ask('track', { order: id, token })).ok);
  assert.ok((await guests[2]!.ask('track', { order: other.id, token: await linkOf(buyer, other.id) })).ok);
  await unshare(buyer, id);
  for (const guest of [...guests, signedIn])
    await until('it is told', () => guest.ended.length === 1 && guest.ended[0] === id, 2_000);
  await buyer.order(id, 'approve', { priceVersion: 1 });
  await buyer.order(other.id, 'submit');
  await until('the owner and the other link are told', () => owner.changes.length + guests[2]!.changes.length === 2);
  assert.equal([owner.ended, guests[2]!.changes[0]?.order], [[], other.id]);
  assert.equal([guests[0]!.changes, guests[1]!.changes, signedIn.changes], [[], [], []]);
  for (const guest of guests) assert.is((await guest.ask('track', { order: id, token })).code, 'not_found');
  const next = await linkOf(buyer, id);
  assert.ok((await guests[0]!.ask('track', { order: id, token: next })).ok, 'the socket itself goes on');
});

test('the end of an old link is not the end of a newer one of the same order', async (live) => {
  const node = await live.another();
  const buyer = await live.as('buyer');
  const { id, version } = await live.orderOf(buyer);
  const [old, late] = [await guestOf(node), await guestOf(node)];
  await old.ask('track', { order: id, token: await linkOf(buyer, id) });
  await unshare(buyer, id);
  assert.ok((await late.ask('track', { order: id, token: await linkOf(buyer, id) })).ok);
  await until('the old one has ended', () => old.ended.length === 1);
  const other = await live.orderOf(buyer);
  const third = await guestOf(node);
  await third.ask('track', { order: other.id, token: await linkOf(buyer, other.id) });
  // Without a message: what tells is the check by the database, which sees the first revocation too.
  await live.core.pool.query('UPDATE shares SET revoked_at = now() WHERE order_id = $1', [other.id]);
  await until('the check has run', () => third.ended.length === 1, 3_000);
  await buyer.order(id, 'submit');
  await until('the newer link is told', () => late.changes.length === 1);
  assert.equal([versionsOf(late.changes), late.ended, old.changes], [[version + 1], [], []]);
});

test('what a guest has given up does not end when its link does', async (live) => {
  const buyer = await live.as('buyer');
  const { id } = await live.orderOf(buyer);
  const token = await linkOf(buyer, id);
  const [gone, there] = [await guestOf(live), await guestOf(live)];
  for (const guest of [gone, there, gone]) assert.ok((await guest.ask('track', { order: id, token })).ok);
  assert.ok((await gone.ask('untrack', { order: id })).ok);
  await unshare(buyer, id);
  await until('who still follows is told', () => there.ended.length === 1);
  assert.ok((await gone.ask('untrack', { order: id })).ok, 'what was sent before is here by now');
  assert.equal(gone.ended, []);
});

const alone = spec<LiveWithRedis>('guests while Redis is away', withOwnRedis, { deadlineMs: 30_000 });

alone('a revocation holds within two seconds without a message', async ({ redis, ...live }) => {
  const node = await live.another();
  const buyer = await live.as('buyer');
  const { id } = await live.orderOf(buyer);
  const token = await linkOf(buyer, id);
  const elsewhere = new Api(node.url);
  const guest = await guestOf(node);
  assert.ok((await guest.ask('track', { order: id, token })).ok);
  await redis.kill();
  assert.is((await elsewhere.get(`/api/orders/${id}?share=${token}`)).status, 200, 'a link opens without Redis too');
  assert.is((await unshare(buyer, id)).status, 200);
  await until('the guest is told', () => guest.ended.length === 1, 2_000);
  await until(
    'reads end too',
    async () => (await elsewhere.get(`/api/orders/${id}?share=${token}`)).status === 404,
    2_000,
  );
  await redis.restart();
  const next = await linkOf(buyer, id);
  assert.ok((await guest.ask('track', { order: id, token: next })).ok);
  await until('messages come again', async () => {
    await unshare(buyer, id);
    return guest.ended.length === 2;
  });
});
