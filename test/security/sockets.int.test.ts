/** What strangers may try at the sockets of a node, before anything of Socket.IO and behind it. */
import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Upgraded, upgrade } from '../_kit/upgrade.ts';
import { type Live, withLive } from '../gateways/open-live.ts';
import { OWN } from '../gateways/wire-rest.ts';

const env = { ANDON_SOCKETS_PER_ADDRESS: '3', ANDON_SOCKETS_PER_USER: '4' };
const test = spec<Live>('strangers at the sockets', withLive({ env }), { shared: true, deadlineMs: 20_000 });

const FOREIGN = [
  'null',
  'http://evil.test',
  'https://shop.test',
  'http://shop.test:8080',
  'http://shop.test.',
  'http://SHOP.TEST',
  'http://a.shop.test',
  'http://shop.test.evil.test',
];

test('no other origin gets a connection, however much it looks like ours, whatever token it has', async (live) => {
  const { token } = await live.as('operator', { site: 'north' });
  for (const origin of FOREIGN) {
    const refused = await upgrade(live.url, { origin, authorization: `Bearer ${token}`, cookie: `andon=${token}` });
    assert.equal([refused.status, refused.code], [403, 'bad_origin'], origin);
    assert.equal(
      [refused.headers['x-content-type-options'], refused.headers['cache-control']],
      ['nosniff', 'no-store'],
    );
  }
  const ours = await upgrade(live.url, { origin: OWN });
  assert.is(ours.status, 101);
  ours.socket?.destroy();
});

test('an address has so many connections, whoever they are of, and each that ends makes room', async (live) => {
  const from = (address: string) => upgrade(live.url, { 'x-forwarded-for': `198.51.100.1, ${address}` });
  const first = await Promise.all([from('203.0.113.7'), from('203.0.113.7'), from('203.0.113.7')]);
  assert.equal(
    first.map(({ status }) => status),
    [101, 101, 101],
  );
  const refused = await from('203.0.113.7');
  assert.equal([refused.status, refused.code, refused.headers['retry-after']], [429, 'too_many', '1']);
  const other = await from('203.0.113.8');
  assert.is(other.status, 101, 'another address');
  const local = await Promise.all(Array.from({ length: 6 }, () => upgrade(live.url, {})));
  assert.ok(
    local.every(({ status }) => status === 101),
    'this machine is not counted',
  );
  first[0]?.socket?.destroy();
  let again: Upgraded | undefined;
  await until('there is room again', async () => {
    again = await from('203.0.113.7');
    return again.status === 101;
  });
  for (const { socket } of [...first, ...local, other, again!]) socket?.destroy();
});

test('an IPv6 network counts as one address', async (live) => {
  const open: Upgraded[] = [];
  for (let n = 1; n <= 4; n++) open.push(await upgrade(live.url, { 'x-forwarded-for': `2001:db8::${n}` }));
  assert.equal(
    open.map(({ status }) => status),
    [101, 101, 101, 429],
  );
  for (const { socket } of open) socket?.destroy();
});

test('a socket follows fifty orders and no more, and watches only boards there are', async (live) => {
  const buyer = await live.as('buyer');
  const { model } = (await buyer.upload(new TextEncoder().encode('x'), 'x.stl')).body;
  assert.is(model, undefined);
  const { id } = await live.orderOf(buyer);
  const guest = await live.connect('/storefront', buyer);
  const ids = await Promise.all(Array.from({ length: 51 }, async () => (await live.orderOf(buyer)).id));
  for (const order of ids.slice(0, 50)) assert.is((await guest.ask('track', { order })).ok, true);
  assert.equal((await guest.ask('track', { order: ids[50] })).code, 'too_many');
  assert.is((await guest.ask('track', { order: ids[0] })).ok, true, 'one that is followed already may be asked again');
  await guest.ask('untrack', { order: ids[1] });
  assert.is((await guest.ask('track', { order: id })).ok, true);
  const operator = await live.connect('/mes', await live.as('operator', { site: 'north' }));
  for (const site of ['nowhere', '__proto__', 'constructor', 'north\u0000', '*', 'NORTH'])
    assert.is((await operator.ask('board:open', { site })).ok, false, site);
});

test('events that objects have by themselves are unknown ones', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  for (const event of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    const { ask, socket } = await live.connect('/mes', operator);
    assert.is((await ask(event, {})).code, 'invalid', event);
    const polluting = JSON.parse(`{"order":"${randomUUID()}","type":"capture","epoch":0,"__proto__":{"polluted":1}}`);
    assert.is((await ask('command', polluting)).ok, false);
    socket.close();
  }
  assert.is(({} as Record<string, unknown>)['polluted'], undefined);
});
