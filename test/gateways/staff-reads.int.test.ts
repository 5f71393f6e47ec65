import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Operator } from '../../gateways/contract/operator.ts';
import type { Order } from '../../gateways/contract/order.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BOOK } from '../actors/world.ts';
import { type Live, withLive } from './open-live.ts';
import { SETTINGS, STL } from './rest-story.ts';

const test = spec<Live>('what staff reads', withLive(), { deadlineMs: 20_000 });

const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id).sort();

test('the CRM finds what waits for it: everywhere, or where it works', async (live) => {
  live.keep();
  const [buyer, crm, south, north, elsewhere] = [
    await live.as('buyer'),
    await live.as('crm'),
    await live.as('crm', { site: 'south' }),
    await live.as('crm', { site: 'north' }),
    await live.as('crm', { site: 'elsewhere' }),
  ];
  const ordered = async (site: string): Promise<Order> => {
    const { model } = (await buyer.upload(STL, 'ring.stl')).body;
    const { body: made } = await buyer.post('/api/orders', { model, site, settings: SETTINGS }, { key: randomUUID() });
    await buyer.order(made.id, 'submit');
    return made;
  };
  const failed = [await ordered('north'), await ordered('north'), await ordered('south')];
  const fine = await ordered('north');
  for (const { id } of failed) {
    const result = { type: 'pricing-failed', revision: 1, job: randomUUID(), reason: 'not_closed' };
    await live.system('order', id, result);
  }
  const listed = async (who: Api, query = ''): Promise<Order[]> =>
    (await who.get(`/api/orders?waiting=crm${query}`)).body.items;
  await until('all are listed', async () => (await listed(crm)).length === 3);
  assert.equal(ids(await listed(crm)), ids(failed));
  assert.equal(ids(await listed(north)), ids(failed.slice(0, 2)));
  assert.equal(ids(await listed(south)), ids(failed.slice(2)));
  assert.equal(await listed(elsewhere), []);
  assert.equal(await listed(north, '&site=south'), [], 'another site’s is not shown to who asks for it');
  assert.equal(ids(await listed(crm, '&site=south')), ids(failed.slice(2)));
  assert.equal(ids(await listed(crm, '&status=PRICE_FAILED&limit=200')), ids(failed));
  assert.equal(await listed(crm, '&status=SUBMITTED'), []);
  assert.ok((await listed(crm)).every(({ waiting, status }) => waiting.for === 'crm' && status === 'PRICE_FAILED'));
  assert.equal(
    (await listed(crm, `&q=${failed[1]!.number}`)).map(({ id }) => id),
    [failed[1]!.id],
  );
  const page = (await crm.get('/api/orders?waiting=crm&limit=2')).body;
  const rest = (await crm.get(`/api/orders?waiting=crm&limit=2&cursor=${page.next}`)).body;
  assert.equal([ids([...page.items, ...rest.items]), rest.next], [ids(failed), null]);
  assert.equal((await buyer.get('/api/orders?waiting=pricing')).body.items[0].id, fine.id);
  const price = { amount: 100, currency: 'EUR', reason: 'shape' };
  assert.is((await north.order(failed[0]!.id, 'set-price', price)).status, 200);
  await until('what is settled is not listed', async () => (await listed(crm)).length === 2);
});

test('operators are listed with all there is to say of them, page by page, at one’s own site', async (live) => {
  const [one, two, south] = [
    await live.as('operator', { site: 'north', limit: 3 }),
    await live.as('operator', { site: 'north' }),
    await live.as('operator', { site: 'south' }),
  ];
  const [boss, all] = [await live.as('supervisor', { site: 'north' }), await live.as('supervisor')];
  const buyer = await live.as('buyer');
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await one.order(id, 'capture', { epoch: 0 });
  await two.post('/api/operators/me/end-shift');
  await boss.post(`/api/operators/${two.id}/set-skills`, { skills: ['silver-925'] });
  const client = await live.connect('/mes', one);
  const listed = async (who: Api, query = ''): Promise<Operator[]> =>
    (await who.get(`/api/operators${query}`)).body.items;
  await until('the open socket shows', async () => (await listed(boss)).some(({ present }) => present));
  const north = await listed(boss);
  const everything = BOOK.find(({ site }) => site === 'north')!.materials.map((material) => material.id);
  const { shiftSince, ...onShift } = north.find((operator) => operator.id === one.id)!;
  assert.ok(Date.parse(shiftSince ?? '') <= Date.now(), shiftSince);
  assert.equal(onShift, {
    id: one.id,
    name: one.name,
    site: 'north',
    onShift: true,
    present: true,
    held: 1,
    limit: 3,
    skills: everything,
  });
  assert.equal(
    north.find((operator) => operator.id === two.id),
    {
      id: two.id,
      name: two.name,
      site: 'north',
      onShift: false,
      present: false,
      held: 0,
      limit: 5,
      skills: ['silver-925'],
    },
  );
  assert.equal(ids(north), ids([one, two]));
  assert.equal(ids(await listed(one)), ids([one, two]));
  assert.equal(ids(await listed(all)), ids([one, two, south]));
  assert.equal(ids(await listed(all, '?site=south')), [south.id]);
  assert.equal(await listed(all, '?site=nowhere'), []);
  assert.is((await boss.get('/api/operators?site=south')).body.code, 'forbidden');
  assert.is((await buyer.get('/api/operators')).body.code, 'forbidden');
  const page = (await boss.get('/api/operators?limit=1')).body;
  const rest = (await boss.get(`/api/operators?limit=1&cursor=${page.next}`)).body;
  assert.equal([ids([...page.items, ...rest.items]), rest.next], [ids([one, two]), null]);
  client.socket.close();
});

for (const [type, fields, field] of [
  ['set-limit', { limit: 7 }, 'limit'],
  ['set-skills', { skills: ['silver-925'] }, 'skills'],
] as const) {
  test(`${type} is for a supervisor of that site, the same over REST and sockets`, async (live) => {
    const [operator, boss, all, elsewhere, buyer] = [
      await live.as('operator', { site: 'north' }),
      await live.as('supervisor', { site: 'north' }),
      await live.as('supervisor'),
      await live.as('supervisor', { site: 'south' }),
      await live.as('buyer'),
    ];
    const path = `/api/operators/${operator.id}/${type}`;
    const set = (who: Api, key = randomUUID()) => who.post(path, fields, { key });
    const told = async (who: Api, body: object = fields): Promise<string> => {
      const { socket, ask } = await live.connect('/mes', who);
      const answer = await ask('command', { operator: operator.id, type, ...body });
      socket.close();
      return answer.ok ? 'ok' : answer.code;
    };
    const current = async (): Promise<unknown> =>
      (await boss.get('/api/operators')).body.items.find(({ id }: Operator) => id === operator.id)[field];
    const before = await current();
    for (const [who, code] of [
      [operator, 'forbidden'],
      [elsewhere, 'wrong_site'],
    ] as const) {
      assert.is((await set(who)).body.code, code);
      assert.is(await told(who), code);
    }
    assert.is((await set(buyer)).body.code, 'not_found', 'for buyers there are no operators');
    for (const wrong of [{}, { [field]: 'x' }, { [field]: null }, { ...fields, more: 1 }]) {
      assert.is((await boss.post(path, wrong)).body.code, 'invalid');
      assert.is(await told(boss, wrong), 'invalid');
    }
    assert.equal(await current(), before, 'nothing was changed so far');
    const key = randomUUID();
    const { status, body, headers } = await set(boss, key);
    assert.equal([status, body.ok, body.operator[field]], [200, true, Object.values(fields)[0]]);
    assert.is(headers.get('etag'), `"${body.version}"`);
    const replay = await set(boss, key);
    assert.equal([replay.headers.get('idempotent-replay'), replay.body.version], ['true', body.version]);
    assert.equal(await current(), Object.values(fields)[0]);
    assert.is(await told(all), 'ok');
    assert.is((await set(all)).body.version, body.version, 'the same again is no new version');
  });
}

test('the office finds orders by buyer and by model, at its sites; nobody else looks people up', async (live) => {
  live.keep();
  const [buyer, other] = [await live.as('buyer'), await live.as('buyer')];
  const [crm, south, operator] = [
    await live.as('crm'),
    await live.as('supervisor', { site: 'south' }),
    await live.as('operator', { site: 'north' }),
  ];
  const mine = [await live.orderOf(buyer), await live.orderOf(buyer)];
  const theirs = await live.orderOf(other);
  const listed = async (who: Api, query: string): Promise<Order[]> =>
    (await who.get(`/api/orders?${query}`)).body.items;
  await until('all are listed', async () => (await listed(crm, '')).length === 3);
  const name = encodeURIComponent(buyer.name.toUpperCase());
  assert.equal(ids(await listed(crm, `buyer=${name}`)), ids(mine));
  assert.equal(ids(await listed(crm, 'buyer=buyer-')), ids([...mine, theirs]), 'by login too');
  assert.equal(await listed(crm, `buyer=${name}x`), []);
  assert.equal(await listed(south, `buyer=${name}`), [], 'none of another site');
  assert.equal(await listed(crm, `buyer=${name}&status=CLOSED`), []);
  assert.equal(ids(await listed(crm, 'model=RI')), ids([...mine, theirs]));
  assert.equal(await listed(crm, 'model=ing'), [], 'how it begins');
  assert.equal(await listed(south, 'model=ring'), []);
  for (const query of [`buyer=${name}`, 'model=ring']) {
    const page = (await crm.get(`/api/orders?${query}&limit=1`)).body;
    const rest = (await crm.get(`/api/orders?${query}&limit=200&cursor=${page.next}`)).body;
    assert.equal(ids([...page.items, ...rest.items]), ids(await listed(crm, query)), query);
    assert.is(rest.next, null);
    for (const who of [buyer, operator]) assert.is((await who.get(`/api/orders?${query}`)).body.code, 'forbidden');
  }
  const both = await crm.get('/api/orders?q=1&buyer=b');
  assert.equal(
    both.body.errors.map(({ path }: { path: string }) => path),
    ['/q', '/buyer'],
  );
});
