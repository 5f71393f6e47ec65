import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { Api, type Reply } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { openRest, type RestNode, withSettings } from './open-rest.ts';
import { OWN } from './wire-rest.ts';

interface Two extends RestNode {
  readonly other: RestNode;
}

const test = spec<Two>(
  'guest links over REST',
  (lend, title) =>
    withSettings()(async (config) => {
      const node = await openRest(config);
      const other = await openRest(config);
      try {
        await lend({ ...node, other });
      } finally {
        await other.close();
        await node.close();
      }
    }, title),
  { deadlineMs: 20_000 },
);

const told = ({ status, body }: Reply): [number, string] => [status, body.code];
const share = (who: Api, order: string, key?: string): Promise<Reply> =>
  who.post(`/api/orders/${order}/share`, {}, key === undefined ? {} : { key });
const unshare = (who: Api, order: string): Promise<Reply> => who.call('DELETE', `/api/orders/${order}/share`);
const read = (who: Api, order: string, token: string, headers = {}): Promise<Reply> =>
  who.get(`/api/orders/${order}?share=${token}`, { headers });

test('whoever has the link reads the order and its story, without a session, as a buyer would', async (rest) => {
  const [buyer, operator, guest] = [
    await rest.as('buyer'),
    await rest.as('operator', { site: 'north' }),
    new Api(rest.other.url),
  ];
  const { id } = await rest.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await operator.order(id, 'capture', { epoch: 0 });
  const made = await share(buyer, id);
  assert.equal([made.status, Object.keys(made.body).sort()], [200, ['token', 'url']]);
  assert.is(made.headers.get('cache-control'), 'no-store');
  const { token, url } = made.body;
  assert.is(url, `${OWN}/#/track/${id}/${token}`);
  const shown = await read(guest, id, token);
  assert.equal(shown.body, (await buyer.get(`/api/orders/${id}`)).body);
  const story = await guest.get(`/api/orders/${id}/timeline?share=${token}`);
  assert.is(story.status, 200);
  assert.is(story.body.items.at(-1).type, 'captured');
  for (const text of [shown, story].map(({ body }) => JSON.stringify(body)))
    for (const secret of [operator.id, operator.name, buyer.id]) assert.not(text.includes(secret), text);
});

test('a guest’s read has its ETag and is 304 for who has that version', async (rest) => {
  const [buyer, guest] = [await rest.as('buyer'), new Api(rest.url)];
  const { id } = await rest.orderOf(buyer);
  const { token } = (await share(buyer, id)).body;
  const { headers } = await read(guest, id, token);
  assert.equal([headers.get('etag'), headers.get('vary')], ['"1"', 'Cookie, Authorization']);
  assert.is((await read(guest, id, token, { 'if-none-match': '"1"' })).status, 304);
  await buyer.order(id, 'submit');
  const later = await guest.get(`/api/orders/${id}?share=${token}&atLeast=2`);
  assert.equal([later.body.version, later.headers.get('etag')], [2, '"2"']);
});

test('a link opens its order for reading and nothing else', async (rest) => {
  const [buyer, guest] = [await rest.as('buyer'), new Api(rest.url)];
  const [{ id }, other] = [await rest.orderOf(buyer), await rest.orderOf(buyer)];
  const { token } = (await share(buyer, id)).body;
  assert.equal(told(await read(guest, other.id, token)), [404, 'not_found']);
  assert.equal(told(await guest.get(`/api/orders/${other.id}/timeline?share=${token}`)), [404, 'not_found']);
  for (const method of ['submit', 'request-cancel', 'share'])
    assert.equal(told(await guest.post(`/api/orders/${id}/${method}?share=${token}`, {}, { key: 'k' })), [
      401,
      'unauthenticated',
    ]);
  assert.equal(told(await guest.call('DELETE', `/api/orders/${id}/share?share=${token}`)), [401, 'unauthenticated']);
  assert.equal(told(await guest.get(`/api/orders?share=${token}`)), [401, 'unauthenticated']);
  assert.equal(told(await guest.get(`/api/orders/${id}`)), [401, 'unauthenticated']);
  assert.equal(told(await guest.get(`/api/orders/${id}/timeline`)), [401, 'unauthenticated']);
});

test('a wrong link is as unknown as the order it names', async (rest) => {
  const [buyer, guest] = [await rest.as('buyer'), new Api(rest.url)];
  const { id } = await rest.orderOf(buyer);
  const { token } = (await share(buyer, id)).body;
  const wrong = [`${token.slice(1)}x`, token.toLowerCase(), '', 'x', 'a'.repeat(43)];
  const unknown = await read(guest, randomUUID(), token);
  for (const other of wrong) assert.equal((await read(guest, id, other)).body, unknown.body, other);
  assert.equal(told(unknown), [404, 'not_found']);
  assert.equal(told(await read(guest, 'x', token)), [404, 'not_found']);
  assert.equal(told(await read(guest, id, token, { 'if-none-match': '*' })), [304, undefined]);
  assert.equal(told(await read(guest, id, 'x', { 'if-none-match': '*' })), [404, 'not_found']);
  assert.equal(told(await guest.get(`/api/orders/${id}?share=${token}&share=${token}`)), [422, 'invalid']);
  assert.equal(told(await guest.get(`/api/orders/${id}?share=${token}&x=1`)), [422, 'invalid']);
});

test('who is signed in sees an order of its own as itself, another’s by the link as a guest', async (rest) => {
  const [buyer, other, south, north] = [
    await rest.as('buyer'),
    await rest.as('buyer'),
    await rest.as('supervisor', { site: 'south' }),
    await rest.as('operator', { site: 'north' }),
  ];
  const { id } = await rest.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await north.order(id, 'capture', { epoch: 0 });
  const { token } = (await share(buyer, id)).body;
  assert.ok((await read(north, id, token)).body.capture.operator);
  for (const who of [other, south]) {
    assert.equal(Object.keys((await read(who, id, token)).body.capture), ['since']);
    assert.equal(told(await read(who, id, 'x')), [404, 'not_found']);
  }
  const ended = new Api(rest.url, { token: 'ended', id: '', name: '' });
  assert.is((await read(ended, id, token)).status, 200, 'a session that has ended takes nothing from the link');
  assert.equal(told(await ended.get(`/api/orders/${id}`)), [401, 'unauthenticated']);
  const headers = { cookie: 'andon=ended', origin: 'http://evil.test' };
  assert.is((await read(new Api(rest.url), id, token, headers)).status, 200);
});

test('with one key it is one link, from any node; without a key each is new', async (rest) => {
  const buyer = await rest.as('buyer');
  const elsewhere = new Api(rest.other.url, { token: buyer.token ?? '', id: buyer.id, name: buyer.name });
  const { id } = await rest.orderOf(buyer);
  const key = randomUUID();
  const all = await Promise.all([...Array(6)].map((_, n) => share(n % 2 === 0 ? buyer : elsewhere, id, key)));
  assert.equal(new Set(all.map(({ body }) => JSON.stringify(body))).size, 1);
  assert.is(all.filter(({ headers }) => headers.get('idempotent-replay') === null).length, 1);
  const others = [await share(buyer, id, randomUUID()), await share(buyer, id), await share(buyer, id)];
  assert.is(new Set([all[0], ...others].map((reply) => reply?.body.token)).size, 4);
  for (const { body } of [all[0]!, ...others]) assert.is((await read(new Api(rest.url), id, body.token)).status, 200);
});

test('revoking ends all links of the order on every node within two seconds, and none comes back', async (rest) => {
  const [buyer, guest, elsewhere] = [await rest.as('buyer'), new Api(rest.url), new Api(rest.other.url)];
  const [{ id }, other] = [await rest.orderOf(buyer), await rest.orderOf(buyer)];
  const key = randomUUID();
  const [one, two, kept] = [await share(buyer, id, key), await share(buyer, id), await share(buyer, other.id)];
  for (const { body } of [one, two])
    for (const who of [guest, elsewhere]) assert.is((await read(who, id, body.token)).status, 200);
  const ended = await unshare(buyer, id);
  assert.equal([ended.status, ended.body], [200, { ok: true }]);
  for (const { body } of [one, two]) {
    assert.equal(told(await read(guest, id, body.token)), [404, 'not_found'], 'at once where it was revoked');
    await until('the other node knows', async () => (await read(elsewhere, id, body.token)).status === 404, 2_000);
  }
  assert.equal((await unshare(buyer, id)).body, { ok: true }, 'once more changes nothing');
  const late = await share(buyer, id, key);
  assert.equal([late.body.token, late.headers.get('idempotent-replay')], [one.body.token, 'true']);
  assert.equal(told(await read(guest, id, late.body.token)), [404, 'not_found']);
  assert.is((await read(guest, other.id, kept.body.token)).status, 200, 'links of other orders stay');
  assert.is((await read(guest, id, (await share(buyer, id)).body.token)).status, 200, 'a new one may be made');
});

test('other nodes are told which links ended, by hashes that open nothing, once', async (rest) => {
  const buyer = await rest.as('buyer');
  const { id } = await rest.orderOf(buyer);
  const tokens = [await share(buyer, id), await share(buyer, id)].map(({ body }) => body.token);
  const { redis, keys, pool } = rest.core;
  const listener = redis.dedicated('test listener', { offlineQueue: true });
  const heard: string[] = [];
  listener.on('message', (_channel, text) => heard.push(text));
  await listener.subscribe(keys.sharesEnded());
  await unshare(buyer, id);
  await unshare(buyer, id);
  await until('it is heard', () => heard.length > 0);
  const { rows } = await pool.query<{ hash: string }>('SELECT hash FROM shares ORDER BY hash');
  assert.equal(
    heard.map((text) => (JSON.parse(text) as string[]).sort()),
    [rows.map(({ hash }) => hash)],
  );
  for (const { hash } of rows) assert.equal(told(await read(new Api(rest.url), id, hash)), [404, 'not_found']);
  for (const token of tokens) assert.not(heard[0]?.includes(token));
});

test('links are for whose order it is to make and to end', async (rest) => {
  const [buyer, stranger, north, south, crm] = [
    await rest.as('buyer'),
    await rest.as('buyer'),
    await rest.as('supervisor', { site: 'north' }),
    await rest.as('supervisor', { site: 'south' }),
    await rest.as('crm'),
  ];
  const { id } = await rest.orderOf(buyer);
  const { token } = (await share(buyer, id)).body;
  for (const act of [share, unshare]) {
    assert.equal(told(await act(stranger, id)), [404, 'not_found']);
    assert.equal(told(await act(south, id)), [404, 'not_found']);
    assert.equal(told(await act(north, id)), [403, 'forbidden']);
    assert.equal(told(await act(crm, id)), [403, 'forbidden']);
    assert.equal(told(await act(buyer, randomUUID())), [404, 'not_found']);
    assert.equal(told(await act(new Api(rest.url), id)), [401, 'unauthenticated']);
  }
  assert.equal(told(await buyer.post(`/api/orders/${id}/share`, { days: 3 })), [422, 'invalid']);
  const headers = { cookie: `andon=${buyer.token}`, origin: 'http://evil.test' };
  assert.equal(told(await new Api(rest.url).post(`/api/orders/${id}/share`, {}, { headers })), [403, 'bad_origin']);
  assert.is((await read(new Api(rest.url), id, token)).status, 200, 'nobody ended it');
});

test('a partner makes and ends links to the orders of its company', async (rest) => {
  const [partner, colleague] = [await rest.as('partner'), await rest.as('partner')];
  const { id } = await rest.orderOf(partner);
  const { token } = (await share(colleague, id)).body;
  assert.is((await read(new Api(rest.url), id, token)).status, 200);
  assert.is((await unshare(partner, id)).status, 200);
  assert.equal(told(await read(new Api(rest.url), id, token)), [404, 'not_found']);
});

test('neither the log nor the table holds the token; the rows may be deleted', async (rest) => {
  const [buyer, guest] = [await rest.as('buyer'), new Api(rest.url)];
  const { id } = await rest.orderOf(buyer);
  const { token } = (await share(buyer, id, 'my key')).body;
  const { rows } = await rest.core.pool.query('SELECT s::text AS line FROM shares s');
  assert.is(rows.length, 1);
  assert.not(rows[0].line.includes(token));
  assert.is((await rest.core.reader.rows('order', id, 0)).length, 1, 'a link is no event of the order');
  await rest.core.pool.query('DELETE FROM shares WHERE created_by = $1', [buyer.id]);
  await until('the link is gone', async () => (await read(guest, id, token)).status === 404);
});

test('an order has a hundred links at most', async (rest) => {
  const buyer = await rest.as('buyer');
  const { id } = await rest.orderOf(buyer);
  const key = randomUUID();
  const first = (await share(buyer, id, key)).body;
  await rest.core.pool.query(
    `INSERT INTO shares (hash, order_id, created_by, revoked_at) SELECT n::text, $1, $2, now() FROM generate_series(1, 99) n`,
    [id, buyer.id],
  );
  const more = await share(buyer, id);
  assert.equal([...told(more), more.body.limit], [429, 'too_many', 100]);
  assert.equal((await share(buyer, id, key)).body, first, 'a repeat is no new one');
});
