import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { upgrade } from '../_kit/upgrade.ts';
import { type ConnectOptions, type Live, withLive } from './open-live.ts';
import { OWN } from './wire-rest.ts';

const test = spec<Live>('sockets', withLive({ env: { ANDON_SOCKETS_PER_USER: '3' } }), { deadlineMs: 20_000 });

/** The code with which a connection is refused; undefined = it is not. */
const refusal = (live: Live, namespace: string, who: Api | ConnectOptions): Promise<string | undefined> =>
  live.connect(namespace, who).then(
    () => undefined,
    (data: { code?: string }) => data.code ?? String(data),
  );

test('a foreign page is refused at the upgrade, as a problem', async ({ url }) => {
  const foreign = await upgrade(url, { origin: 'http://evil.test' });
  assert.equal(
    [foreign.status, foreign.headers['content-type'], foreign.code],
    [403, 'application/problem+json', 'bad_origin'],
  );
  assert.is((await upgrade(url, { origin: 'null' })).status, 403);
  for (const headers of [{ origin: OWN }, {}]) {
    const { status, socket } = await upgrade(url, headers);
    socket?.destroy();
    assert.is(status, 101);
  }
  assert.is((await upgrade(url, {}, '/elsewhere')).status, 404);
});

test('there is no transport but WebSocket', async ({ url }) => {
  const polling = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
  assert.is(polling.status, 404);
});

test('a refused connection says why', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  assert.is(await refusal(live, '/mes', {}), 'unauthenticated');
  for (const token of ['', 'nonsense', 7, {}, `${operator.token}x`, operator.token!.replace(/\.[^.]+\./, '.e30.')])
    assert.is(await refusal(live, '/mes', { token }), 'unauthenticated', String(token));
  assert.is(await refusal(live, '/storefront', { token: 'nonsense' }), 'unauthenticated');
  assert.is(await refusal(live, '/mes', buyer), 'forbidden');
  assert.is(await refusal(live, '/', operator), 'not_found');
  assert.is(await refusal(live, '/mes', operator), undefined);
});

test('one connection joins a second namespace later, by the same cookie, and counts once', async (live) => {
  const { token } = await live.as('crm');
  const { socket, ask } = await live.connect('/mes', { cookie: `andon=${token}`, origin: OWN });
  await ask('board:close', { site: 'north' });
  const second = socket.io.socket('/storefront');
  await new Promise<void>((resolve, reject) => {
    second.once('connect', resolve);
    second.once('connect_error', reject);
  });
  const answer = await second.timeout(5_000).emitWithAck('track', { order: randomUUID() });
  assert.is(answer.code, 'not_found', 'a guest would be told to sign in');
  assert.is(live.sockets.size, 1);
});

test('a cookie counts only from a page of ours', async (live) => {
  const { token } = await live.as('operator', { site: 'north' });
  const cookie = `andon=${token}`;
  assert.is(await refusal(live, '/mes', { cookie }), 'unauthenticated');
  assert.is(await refusal(live, '/mes', { cookie, origin: OWN }), undefined);
  assert.is(await refusal(live, '/mes', { token, origin: OWN }), undefined);
});

test('a user has so many sockets and no more', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const [first] = [await live.connect('/mes', operator), await live.connect('/mes', operator)];
  assert.is(await refusal(live, '/storefront', operator), undefined);
  await until('the fourth is refused', async () => (await refusal(live, '/mes', operator)) === 'too_many');
  first.socket.close();
  await until('a place is free again', async () => (await refusal(live, '/mes', operator)) === undefined);
});

test('signing out closes the sockets of the session, of no other', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const colleague = await live.as('operator', { site: 'north' });
  const [mine, other] = [await live.connect('/mes', operator), await live.connect('/mes', colleague)];
  assert.is((await operator.call('DELETE', '/api/session')).status, 200);
  await until('the socket is closed', () => mine.socket.disconnected, 1_500);
  assert.is(await refusal(live, '/mes', operator), 'unauthenticated');
  assert.ok(other.socket.connected);
});

test('five times garbage within a minute close the socket', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const { socket, ask } = await live.connect('/mes', operator);
  assert.is((await ask('command', 'garbage')).code, 'invalid');
  assert.is((await ask('nothing', {})).code, 'invalid');
  assert.is((await socket.timeout(5_000).emitWithAck('command', {}, {})).code, 'invalid');
  socket.emit('command', { order: randomUUID(), type: 'capture', epoch: 0 });
  await sleep(50);
  assert.ok(socket.connected);
  assert.is((await ask('command', { order: 1, type: 'capture' })).ok, false);
  await until('the socket is closed', () => socket.disconnected, 1_000);
});

test('wrong fields of a known command are answered, however often', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const { socket, ask } = await live.connect('/mes', operator);
  const buyer = await live.as('buyer');
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  for (let n = 0; n < 8; n++) {
    const { ok, code, errors } = await ask('command', { order: id, type: 'capture', epoch: 'x', colour: 'red' });
    assert.equal([ok, code, errors.length > 1], [false, 'invalid', true]);
  }
  assert.ok(socket.connected);
});

test('what is dear takes more of the messages a second; who comes back stays far below', async (live) => {
  const many = (count: number, ask: () => Promise<{ code?: string }>) =>
    Promise.all(Array.from({ length: count }, ask)).then((all) => all.filter(({ code }) => code === 'too_many').length);
  const [one, two] = [await live.as('operator', { site: 'north' }), await live.as('operator', { site: 'north' })];
  const { ask } = await live.connect('/mes', one);
  assert.is(await many(80, () => ask('board:close', { site: 'north' })), 0);
  assert.ok((await many(80, () => ask('board:digest', { site: 'north' }))) > 0);
  const back = await live.connect('/mes', two);
  assert.is(await many(1, () => back.ask('board:open', { site: 'north' })), 0);
  const shop = await live.connect('/storefront', two);
  assert.is(await many(50, () => shop.ask('track', { order: randomUUID() })), 0);
});

test('a message that is too large ends the connection, not the node', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const { socket } = await live.connect('/mes', operator);
  socket.emit('command', { type: 'x'.repeat(70_000) }, () => undefined);
  await until('the socket is closed', () => socket.disconnected, 2_000);
  assert.is(await refusal(live, '/mes', operator), undefined);
});

test('on shutdown clients are asked to go, then lose the connection', async (live) => {
  const operator = await live.as('operator', { site: 'north' });
  const { socket } = await live.connect('/mes', operator);
  const drains: { comeBackInMs: number }[] = [];
  const reasons: string[] = [];
  socket.on('server:drain', (drain) => drains.push(drain));
  socket.on('disconnect', (reason) => reasons.push(reason));
  const drained = live.sockets.drain(300, 0);
  await until('it is told', () => drains.length === 1);
  assert.ok(drains[0]!.comeBackInMs < 300);
  const refused = await upgrade(live.url, {});
  assert.equal([refused.status, refused.code], [503, 'unavailable']);
  await drained;
  await live.sockets.close();
  await until('the connection is gone', () => reasons.length === 1);
  assert.is(reasons[0], 'transport close');
});

const short = spec<Live>('sockets of short sessions', withLive({ env: { ANDON_SESSION_MS: '2000' } }));

short('a session that expires closes its socket, a renewed one does not', async (live) => {
  const [one, two] = [await live.as('operator', { site: 'north' }), await live.as('operator', { site: 'north' })];
  const [ending, staying] = [await live.connect('/mes', one), await live.connect('/mes', two)];
  assert.is((await staying.ask('session:renew', { token: one.token })).code, 'unauthenticated');
  assert.is((await staying.ask('session:renew', { token: 'nonsense' })).code, 'unauthenticated');
  const renewed = (await two.post('/api/session/renew', {})).body;
  const answer = await staying.ask('session:renew', { token: renewed.token });
  assert.equal(answer, { ok: true, expiresAt: renewed.expiresAt });
  const end = Date.parse(renewed.expiresAt);
  await until('the other is closed', () => ending.socket.disconnected, 5_000);
  assert.ok(staying.socket.connected || Date.now() >= end);
});
