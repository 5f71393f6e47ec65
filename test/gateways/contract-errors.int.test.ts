import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { createBatch } from '../../gateways/contract/partners.ts';
import { CODES, problemSchema } from '../../gateways/contract/problems.ts';
import { Api, type Reply } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { asDescribed, BEFORE, storyOf, type World, withWorld } from './contract-world.ts';
import { modelOf, orderFields, partnerOf, send } from './open-partners.ts';
import { SETTINGS, STL } from './rest-story.ts';
import { faultsOf } from './strict.ts';

const test = spec<World>('every code that is documented', withWorld, { deadlineMs: 60_000, shared: true });

const told = new Set<string>();

/** The code, if the problem is as its schema says, to the last field. */
function codeOf({ status, body }: Reply): string {
  assert.equal(faultsOf(problemSchema(body.code), body), [], JSON.stringify(body));
  assert.is(body.status === status || body.code === 'wrong_status', true, JSON.stringify(body));
  told.add(body.code);
  return body.code;
}

const TAKEN = [...(BEFORE['capture'] ?? []), 'capture'];

/** An order as it is after these steps, and how its buyer, or who is named, commands it. */
async function orderAfter(world: World, steps: readonly string[]) {
  const { ids } = await storyOf(world, 'buyer', steps);
  const { people } = world;
  const command = (
    who: keyof World['people'],
    type: string,
    fields: object = {},
    headers: Record<string, string> = {},
  ) => people[who].order(ids.order ?? '', type, fields, { headers });
  return { id: ids.order ?? '', model: ids.model ?? '', command };
}

test('refusals about a capture', async (world) => {
  const { command } = await orderAfter(world, TAKEN);
  assert.is(codeOf(await command('colleague', 'capture', { epoch: 1 })), 'already_captured');
  assert.is(codeOf(await command('operator', 'capture', { epoch: 1 })), 'already_captured');
  assert.is(codeOf(await command('operator', 'start', { epoch: 0 })), 'stale_epoch');
  assert.is(codeOf(await command('colleague', 'start', { epoch: 1 })), 'not_holder');
  await command('operator', 'hold', { reason: 'quality' });
  assert.is(codeOf(await command('operator', 'start', { epoch: 1 })), 'on_hold');
});

test('refusals about who would take it', async (world) => {
  const { live, people } = world;
  const { id, command } = await orderAfter(world, BEFORE['capture'] ?? []);
  const take = (who: Api) => who.order(id, 'capture', { epoch: 0 });
  const [south, idle, narrow, full] = [
    await live.as('operator', { site: 'south' }),
    await live.as('operator', { site: 'north' }),
    await live.as('operator', { site: 'north' }),
    await live.as('operator', { site: 'north', limit: 1 }),
  ];
  assert.is(codeOf(await take(south)), 'wrong_site');
  await idle.post('/api/operators/me/end-shift');
  assert.is(codeOf(await take(idle)), 'off_shift');
  await people.supervisor.post(`/api/operators/${narrow.id}/set-skills`, { skills: ['brass'] });
  assert.is(codeOf(await take(narrow)), 'wrong_skill');
  const other = await orderAfter(world, BEFORE['capture'] ?? []);
  await full.order(other.id, 'capture', { epoch: 0 });
  assert.is(codeOf(await take(full)), 'wip_limit');
  assert.is(codeOf(await command('operator', 'start', { epoch: 0 })), 'not_holder');
});

test('refusals about price and status', async (world) => {
  const { command, id } = await orderAfter(world, BEFORE['approve'] ?? []);
  assert.is(codeOf(await command('buyer', 'approve', { priceVersion: 7 })), 'price_changed');
  assert.is(codeOf(await command('buyer', 'submit')), 'wrong_status');
  assert.is(codeOf(await command('crm', 'resume')), 'nothing_pending');
  assert.is(codeOf(await command('buyer', 'submit', {}, { 'if-match': '"1"' })), 'version_changed');
  const old = await orderAfter(world, BEFORE['requote'] ?? []);
  assert.is(codeOf(await old.command('buyer', 'approve', { priceVersion: 1 })), 'price_expired');
  const asked = await orderAfter(world, [...TAKEN, 'request-cancel']);
  assert.is(codeOf(await asked.command('buyer', 'request-cancel', { reason: 'too-late' })), 'cancel_pending');
  await world.live.core.pool.query(
    `insert into quarantine (kind, actor_id, why) values ('order', $1, 'test') on conflict do nothing`,
    [id],
  );
  await world.live.core.redis.call('DEL', [world.live.core.keys.state('order', id)]);
  assert.is(codeOf(await command('buyer', 'approve', { priceVersion: 1 })), 'quarantined');
});

test('a reference that is taken, a key that was used, a key that is missing, alone and in a batch', async ({
  people,
}) => {
  const { partner } = people;
  const fields = orderFields(await modelOf(partner), randomUUID());
  const key = randomUUID();
  await send(partner, '/v1/orders', fields, { key });
  assert.is(codeOf(await send(partner, '/v1/orders', fields)), 'reference_taken');
  assert.is(codeOf(await send(partner, '/v1/orders', { ...fields, note: 'x' }, { key })), 'idempotency_key_reused');
  assert.is(codeOf(await partner.post('/v1/orders', fields)), 'idempotency_key_required');
  const wrong = { ...fields, settings: { ...SETTINGS, material: 'unobtainium' }, reference: randomUUID() };
  const batch = await send(partner, '/v1/orders/batch', { orders: [fields, wrong] });
  asDescribed(createBatch, batch);
  assert.equal(
    batch.body.items.map(({ code }: { code: string }) => code),
    ['reference_taken', 'invalid'],
  );
});

test('what HTTP itself finds wrong', async (world) => {
  const { live, people } = world;
  const { buyer } = people;
  const json = { headers: { 'content-type': 'application/json' } };
  const guest = new Api(live.url);
  const cookie = { cookie: `andon=${buyer.token}`, origin: 'http://evil.test' };
  const { model } = (await buyer.upload(STL, 'ring.stl')).body;
  const range = { headers: { range: `bytes=${STL.length}-` } };
  const reader = await partnerOf(live, { scopes: ['orders:read'] });
  const replies: readonly (readonly [string, Reply])[] = [
    ['malformed', await buyer.raw('POST', '/api/orders', '{', json)],
    [
      'unsupported_media_type',
      await buyer.raw('POST', '/api/orders', '{}', { headers: { 'content-type': 'text/plain' } }),
    ],
    ['too_large', await buyer.raw('POST', '/api/orders', ' '.repeat(1_100_000), json)],
    ['unauthenticated', await guest.get('/api/orders')],
    ['forbidden', await buyer.get('/api/jobs')],
    ['forbidden', await send(reader.api, '/v1/orders', {})],
    ['bad_origin', await guest.post('/api/session/renew', {}, { headers: cookie })],
    ['not_found', await buyer.get(`/api/orders/${randomUUID()}`)],
    ['not_found', await guest.get('/nowhere')],
    ['method_not_allowed', await buyer.call('PUT', '/api/orders')],
    ['invalid', await buyer.get('/api/orders?surplus=1')],
    ['invalid', await buyer.post('/api/orders', { model, settings: {} }, { key: randomUUID() })],
    ['not_a_model', await buyer.upload(Buffer.from('%PDF-1.7'), 'x.stl')],
    ['range_not_satisfiable', await buyer.get(`/api/models/${model}/file`, range)],
  ];
  for (const [code, reply] of replies) assert.is(codeOf(reply), code);
  const allow = (await buyer.call('PUT', '/api/orders')).headers.get('allow') ?? '';
  assert.equal(allow.split(', ').sort(), ['GET', 'HEAD', 'POST']);
});

test('a login that is taken, and too many wrong passwords', async ({ live }) => {
  const guest = new Api(live.url);
  const login = `bea-${randomUUID().slice(0, 8)}`;
  const signUp = { name: 'Bea', contact: 'bea@example.com', login, password: 'correct horse' };
  await guest.post('/api/buyers', signUp);
  assert.is(codeOf(await guest.post('/api/buyers', signUp)), 'login_taken');
  const wrong = { login, password: 'wrong' };
  await until('it is too much', async () => {
    const reply = await guest.post('/api/session', wrong);
    if (codeOf(reply) === 'unauthenticated') return false;
    assert.equal([reply.status, reply.body.code, reply.headers.get('retry-after')], [429, 'too_many', '60']);
    return true;
  });
});

test('a cursor of one list is no cursor of another', async (world) => {
  const { people, live } = world;
  await storyOf(world, 'buyer', BEFORE['capture'] ?? []);
  await storyOf(world, 'buyer', BEFORE['capture'] ?? []);
  await live.core.pool.query(
    `insert into jobs (id, kind, actor_id) select gen_random_uuid(), 'timer', gen_random_uuid() from generate_series(1, 2)`,
  );
  const lists = [
    [people.supervisor, '/api/orders?limit=1'],
    [people.supervisor, '/api/operators?limit=1'],
    [people.supervisor, '/api/boards/north?lane=new&limit=1'],
    [people.supervisor, '/api/boards/north?lane=new&sort=urgent&limit=1'],
    [people.engineer, '/api/jobs?limit=1'],
  ] as const;
  const cursors: string[] = [];
  for (const [who, path] of lists) {
    await until(`${path} has two pages`, async () => (await who.get(path)).body.next !== null, 20_000);
    cursors.push((await who.get(path)).body.next);
  }
  for (const [n, [who, path]] of lists.entries())
    for (const [i, cursor] of cursors.entries()) {
      const reply = await who.get(`${path}&cursor=${cursor}`);
      if (n === i) assert.is(reply.status, 200, path);
      else
        assert.equal(
          [codeOf(reply), reply.body.detail],
          ['invalid', '/cursor must be `next` of a page before'],
          `${path} with that of ${lists[i]?.[1]}`,
        );
    }
});

/** Codes that need a product of their own, and the test that provokes them. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  unavailable: 'gateways/stale.int.test.ts',
  overloaded: 'runtime/turn.test.ts',
  upload_aborted: 'files/spool.test.ts',
  internal: 'http/problem.test.ts',
};

test('each code was provoked, here or where it is said', async () => {
  assert.equal(
    CODES.filter((code) => !told.has(code)),
    CODES.filter((code) => Object.hasOwn(ELSEWHERE, code)),
  );
  for (const [code, file] of Object.entries(ELSEWHERE))
    assert.ok(
      (await readFile(new URL(`../${file}`, import.meta.url), 'utf8')).includes(`'${code}'`),
      `${code} in ${file}`,
    );
});
