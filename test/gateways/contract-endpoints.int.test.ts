import { createHash, randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Endpoint } from '../../gateways/contract/endpoint.ts';
import { exampleOf } from '../../gateways/contract/examples/endpoints.ts';
import { readFlow } from '../../gateways/contract/flow.ts';
import * as jobs from '../../gateways/contract/jobs.ts';
import { ROUTES } from '../../gateways/contract/openapi.ts';
import * as ops from '../../gateways/contract/ops.ts';
import * as bulk from '../../gateways/contract/partners.ts';
import * as rest from '../../gateways/contract/rest.ts';
import * as users from '../../gateways/contract/users.ts';
import { measureMesh } from '../../src/geometry/measure-mesh.ts';
import { Api } from '../_kit/api.ts';
import { binaryStl, sphere } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { shelfOf } from '../files/shelf.ts';
import { BEFORE, real, sendExample, storyOf, type World, withWorld } from './contract-world.ts';
import { STL } from './rest-story.ts';

/** Not that of the stories: what was measured once is priced at once. */
const OTHER = binaryStl(sphere(4, 12));

const test = spec<World>('the examples of all other endpoints, really sent', withWorld, {
  deadlineMs: 60_000,
  shared: true,
});

const sent = new Set<string>();
const send = (...args: Parameters<typeof sendExample>) => {
  sent.add(args[1].name);
  return sendExample(...args);
};

const deadJob = async ({ live }: World): Promise<string> => {
  const id = randomUUID();
  await live.core.pool.query(
    `insert into jobs (id, kind, actor_id, payload, state, outcome, message, attempt, created_at)
     values ($1, 'price', gen_random_uuid(), $2, 'dead', 'storage_away', 'away', 5, '2026-01-01T00:00:00Z')`,
    [id, JSON.stringify({ order: id, revision: 1 })],
  );
  return id;
};

test('signing up, in, on and out', async ({ live, people }) => {
  const guest = new Api(live.url);
  const made = await send(guest, rest.signUp);
  assert.match(made.headers.get('set-cookie') ?? '', /^andon=/);
  await send(guest, rest.openSession);
  const signedIn = new Api(live.url, made.body);
  await send(signedIn, rest.renewSession);
  await send(signedIn, rest.closeSession);
  assert.is((await signedIn.get('/api/orders')).status, 401);
  assert.is((await people.buyer.get('/api/orders')).status, 200, 'somebody else’s session goes on');
});

test('the catalogue, and what there is to know of the product', async ({ live }) => {
  const guest = new Api(live.url);
  for (const endpoint of [rest.readCatalog, ...ops.OPS_ENDPOINTS]) await send(guest, endpoint);
  for (const { path, tagged } of [rest.readCatalog, ops.readOpenapi, ops.readAsyncapi]) {
    const tag = (await guest.get(path)).headers.get('etag') ?? '';
    assert.is(tagged && (await guest.get(path, { headers: { 'if-none-match': tag } })).status, 304, path);
  }
});

test('a model: up, read, and back as file and picture', async ({ live, people: { buyer } }) => {
  const headers = { 'x-filename': 'ring.stl' };
  const { model } = (await send(buyer, rest.uploadModel, {}, { bytes: OTHER, headers })).body;
  await send(buyer, rest.readModel, { model });
  const file = await send(buyer, rest.readModelFile, { model });
  assert.is(file.headers.get('content-length'), String(OTHER.length));
  const read = async (into: Uint8Array, at: number): Promise<number> => {
    const part = OTHER.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  };
  const sight = await measureMesh({ bytes: OTHER.length, read }, 1_000_000);
  const sha256 = createHash('sha256').update(OTHER).digest('hex');
  await shelfOf(live.core.pool, live.core.config.filesDir).keepMeasured({ sha256 }, sight);
  await send(buyer, rest.readModelThumb, { model });
  assert.ok((await send(buyer, rest.readModel, { model })).body.facts.closed);
});

test('an order read, listed, told, shared', async (world) => {
  const { live, people } = world;
  const { ids } = await storyOf(world, 'buyer', [...(BEFORE['capture'] ?? []), 'capture']);
  const { buyer, supervisor, crm } = people;
  for (const who of [buyer, supervisor, crm]) {
    await send(who, rest.readOrder, ids);
    await send(who, rest.readTimeline, ids);
    await until('it is listed', async () => (await send(who, rest.listOrders)).body.items.length > 0, 20_000);
  }
  const { body: link } = await send(buyer, rest.shareOrder, ids);
  const guest = new Api(live.url);
  const read = await guest.get(`/api/orders/${ids.order}?share=${link.token}`);
  assert.equal([read.status, read.body.capture.operator], [200, undefined]);
  await send(buyer, rest.unshareOrder, ids);
  assert.is((await guest.get(`/api/orders/${ids.order}?share=${link.token}`)).status, 404);
});

test('the floor: operators, boards, how long things take', async (world) => {
  const { people } = world;
  await storyOf(world, 'buyer', [...(BEFORE['capture'] ?? []), 'capture', 'hold']);
  const { items } = (await send(people.supervisor, rest.listOperators)).body;
  assert.ok(items.length >= 2);
  const lane = async () => (await send(people.supervisor, rest.readBoard)).body.items.length;
  await until('the board shows it', async () => (await lane()) > 0, 20_000);
  await send(people.engineer, readFlow);
});

test('jobs: listed, and started anew, one or many', async (world) => {
  const { engineer } = world.people;
  const job = await deadJob(world);
  const listed = (await send(engineer, jobs.listJobs)).body.items;
  assert.ok(listed.some(({ id }: { id: string }) => id === job));
  assert.equal((await send(engineer, jobs.redriveJob, { job })).body, { redriven: 1 });
  await deadJob(world);
  assert.ok((await send(engineer, jobs.redriveJobs)).body.redriven >= 1);
});

test('accounts: made, listed, given a password, ended and opened again', async ({ live, people: { supervisor } }) => {
  const { body: made } = await send(supervisor, users.addUser);
  const { login } = made.user;
  const signedIn = async (password: string) =>
    (await new Api(live.url).post('/api/session', { login, password })).status;
  assert.is(await signedIn(made.password), 200);
  const ids = { user: made.user.id };
  assert.equal((await send(supervisor, users.listUsers)).body.items, [made.user]);
  const { password } = (await send(supervisor, users.setPassword, ids)).body;
  assert.equal([await signedIn(made.password), await signedIn(password)], [401, 200]);
  assert.is((await send(supervisor, users.disableUser, ids)).body.sessions, 1);
  assert.is(await signedIn(password), 401);
  await send(supervisor, users.enableUser, ids);
  assert.is(await signedIn(password), 200);
});

test('a partner: models, a batch, its orders, its events', async (world) => {
  const { partner } = world.people;
  const headers = { 'x-filename': 'ring.stl' };
  const { model } = (await send(partner, bulk.uploadPartnerModel, {}, { bytes: STL, headers })).body;
  const made = (await send(partner, bulk.createBatch, { model })).body.items;
  assert.equal(
    made.map(({ status }: { status: number }) => status),
    [201, 201],
  );
  const again = (await send(partner, bulk.createBatch, { model })).body.items;
  assert.equal(
    again.map(({ code, status }: { code: string; status: number }) => [code, status]),
    [
      ['reference_taken', 409],
      ['reference_taken', 409],
    ],
  );
  const ids = { order: made[0].order.id };
  assert.equal((await send(partner, bulk.listPartnerOrders)).body.items[0].id, ids.order);
  await send(partner, bulk.readPartnerOrder, ids);
  await send(partner, bulk.readPartnerTimeline, ids);
  const seen = new Set<string>();
  await until(
    'the events are told',
    async () => {
      for (const { type } of (await send(partner, bulk.readPartnerEvents)).body.items) seen.add(type);
      return seen.has('created');
    },
    20_000,
  );
});

test('every kind of event of a partner’s order is as described', async (world) => {
  const { partner } = world.people;
  await storyOf(world, 'partner', [...(BEFORE['close'] ?? []), 'close']);
  await storyOf(world, 'partner', ['create', 'change-settings', 'attach-model', 'submit', 'reject']);
  const odd = ['hold', 'resume', 'request-cancel', 'refuse-cancel', 'release', 'set-priority', 'move'];
  await storyOf(world, 'partner', [...(BEFORE['hold'] ?? []), ...odd]);
  await storyOf(world, 'partner', [...(BEFORE['accept-cancel'] ?? []), 'accept-cancel']);
  await storyOf(world, 'partner', [...(BEFORE['set-price'] ?? []), 'set-price']);
  const wanted = [
    ...['closed', 'shipped', 'rejected', 'model-attached', 'settings-changed', 'held', 'resumed', 'cancel-requested'],
    ...['cancel-refused', 'released', 'priority-set', 'moved', 'cancelled', 'price-set'],
  ];
  const seen = new Set<string>();
  let after: string | undefined;
  await until(
    'all are told',
    async () => {
      const asked = after === undefined ? {} : { query: { after } };
      const { items, next } = (await send(partner, bulk.readPartnerEvents, {}, asked)).body;
      for (const { type } of items) seen.add(type);
      after = next;
      return wanted.every((type) => seen.has(type));
    },
    20_000,
  );
});

test('every endpoint was sent its example', () => {
  const commands = [...rest.orderCommands, ...rest.operatorCommands, ...bulk.partnerCommands].map(({ name }) => name);
  const left = ROUTES.filter(({ name }: Endpoint) => !sent.has(name) && !commands.includes(name)).map(
    ({ name }) => name,
  );
  assert.equal(left, [], 'commands have a file of their own');
});

test('with what the examples name that is not there, every endpoint answers as described', async ({ people }) => {
  const nowhere = { order: randomUUID(), model: randomUUID(), operator: randomUUID(), job: randomUUID() };
  for (const endpoint of ROUTES.filter(({ path, method }) => path.includes(':id') && method === 'GET')) {
    const api = endpoint.path.startsWith('/v1/') ? people.partner : people.supervisor;
    const { path = {} } = real(exampleOf(endpoint), nowhere);
    const reply = await api.get(endpoint.path.replace(':id', path['id'] ?? ''));
    assert.equal([reply.status, reply.body.code], [404, 'not_found'], endpoint.name);
  }
});
