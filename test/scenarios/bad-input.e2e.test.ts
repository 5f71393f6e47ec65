/** What is not as it must be is refused with the field and the rule, and nothing of it is stored. */
import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Api, Reply } from '../_kit/api.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { createOrder, cube, settings } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { refused, type World, withOutsiders } from './stored-nothing.ts';

const test = spec<World>('bad input', withOutsiders, { deadlineMs: 90_000, shared: true });

const truncated = (): Uint8Array => cube().slice(0, -20);
function withNumber(value: number): Uint8Array {
  const stl = Buffer.from(cube());
  stl.writeFloatLE(value, 84 + 12);
  return stl;
}

test('files that are no model are refused at the door', async ({ buyer, db }) => {
  const files: [string, Uint8Array, number, string][] = [
    ['no bytes', new Uint8Array(), 422, 'not_a_model'],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n and so on', 'latin1'), 422, 'not_a_model'],
    ['text', Buffer.from('this is no model at all, only words'.repeat(10)), 422, 'not_a_model'],
    ['truncated', truncated(), 422, 'not_a_model'],
    ['longer than its count says', Buffer.concat([cube(), Buffer.alloc(50)]), 422, 'not_a_model'],
    ['over the limit', Buffer.alloc(100_001), 413, 'too_large'],
  ];
  for (const [title, bytes, status, code] of files)
    await refused(db, title, () => buyer.upload(bytes, 'x.stl'), status, code);
});

test('models that only parsing shows to be bad end in PRICE_FAILED with a reason', async ({ buyer }) => {
  const files: [string, Uint8Array, string][] = [
    ['NaN', withNumber(Number.NaN), 'not-finite'],
    ['infinity', withNumber(Number.POSITIVE_INFINITY), 'not-finite'],
    ['no triangles', binaryStl([]), 'no-triangles'],
    [
      'not closed',
      cube()
        .slice(0, 84 + 50 * 11)
        .map((byte, i) => (i === 80 ? 11 : byte)),
      'not-closed',
    ],
    ['larger than any machine', binaryStl(box(5_000, 10, 10)), 'too-large'],
  ];
  for (const [title, stl, reason] of files) {
    const { id } = await createOrder(buyer, { stl });
    assert.is((await buyer.order(id, 'submit')).status, 200, title);
    const order = await until(`${title} has failed`, async () => {
      const { body } = await buyer.get(`/api/orders/${id}`);
      return body.status === 'PRICE_FAILED' && body;
    });
    assert.is(order.waiting.for, 'crm', title);
    assert.is(order.waiting.reason, reason, title);
  }
});

test('wrong fields are named with their rule', async ({ buyer, db }) => {
  const model = (await buyer.upload(cube(), 'cube.stl')).body.model;
  const good = { model, settings: await settings(buyer), site: 'north' };
  const bad: [string, object, string][] = [
    ['a number for an id', { ...good, model: 7 }, '/model'],
    ['text for settings', { ...good, settings: 'gold' }, '/settings'],
    ['an unknown field', { ...good, colour: 'red' }, '/colour'],
    ['an unknown field inside', { ...good, settings: { ...good.settings, shine: 1 } }, '/settings/shine'],
    ['a missing field', { settings: good.settings }, '/model'],
    ['an unknown material', { ...good, settings: { ...good.settings, material: 'unobtainium' } }, '/settings/material'],
    ['an unknown urgency', { ...good, settings: { ...good.settings, urgency: 'yesterday' } }, '/settings/urgency'],
    ['a negative quantity', { ...good, settings: { ...good.settings, quantity: -1 } }, '/settings/quantity'],
    ['half a piece', { ...good, settings: { ...good.settings, quantity: 0.5 } }, '/settings/quantity'],
    ['an unknown site', { ...good, site: 'mars' }, '/site'],
    ['a zero byte', { ...good, note: 'a\u0000b' }, '/note'],
    ['an unknown model', { ...good, model: randomUUID() }, '/model'],
  ];
  for (const [title, body, path] of bad) {
    await refused(db, title, () => buyer.post('/api/orders', body, { key: randomUUID() }), 422, 'invalid', path);
  }
  const send =
    (body: string, type = 'application/json') =>
    () =>
      raw(buyer, '/api/orders', body, { 'content-type': type, 'idempotency-key': randomUUID() });
  await refused(db, 'broken JSON', send('{"model":'), 400, 'malformed');
  await refused(db, 'a list', send('[]'), 400, 'malformed');
  await refused(db, 'a form', send('a=b', 'application/x-www-form-urlencoded'), 415, 'unsupported_media_type');
  await refused(
    db,
    'a note of a megabyte',
    () => buyer.post('/api/orders', { ...good, note: 'x'.repeat(1_100_000) }, { key: randomUUID() }),
    413,
    'too_large',
  );
  await refused(
    db,
    'a note over its limit',
    () => buyer.post('/api/orders', { ...good, note: 'x'.repeat(2_001) }, { key: randomUUID() }),
    422,
    'invalid',
    '/note',
  );
  await refused(db, 'no key', () => buyer.post('/api/orders', good), 428, 'idempotency_key_required');
  await refused(
    db,
    'a key of 201 characters',
    () => buyer.post('/api/orders', good, { key: 'k'.repeat(201) }),
    422,
    'invalid',
  );
  await refused(db, 'an unknown query', () => buyer.get('/api/orders?colour=red'), 422, 'invalid', '/colour');
  await refused(db, 'a page of 0', () => buyer.get('/api/orders?limit=0'), 422, 'invalid', '/limit');
  await refused(db, 'a cursor that is none', () => buyer.get('/api/orders?cursor=nonsense'), 422, 'invalid', '/cursor');
  await refused(db, 'an unknown route', () => buyer.get('/api/nothing'), 404, 'not_found');
  await refused(db, 'an unknown command', () => buyer.order(randomUUID(), 'explode'), 404, 'not_found');
  await refused(db, 'a wrong method', () => buyer.call('DELETE', '/api/catalog'), 405, 'method_not_allowed');
});

const raw = (api: Api, path: string, body: string, headers: Record<string, string>): Promise<Reply> =>
  api.raw('POST', path, body, { headers });
