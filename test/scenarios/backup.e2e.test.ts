/** A backup while traffic runs, everything lost, life goes on from the backup. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { placeIn } from '../../src/files/hash-folder.ts';
import { Api, signIn } from '../_kit/api.ts';
import { type Login, type Product, startProduct } from '../_kit/product.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { approvedOrder, createOrder, cube, newBuyer, settings } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { failing } from './failing.ts';
import { captured, done, read, timelineOf } from './floor.ts';
import { boardEqualsLog, inPostgres, logIsWhole } from './truth.ts';

interface Before {
  readonly product: Product;
  readonly backup: string;
}

/** A product, and beside it a folder for its backups. */
const withBackups: Fixture<Before> = async (lend) => {
  const backup = await mkdtemp(join(tmpdir(), 'andon-backup-'));
  const product = await startProduct({ env: { ANDON_PAGES: 'no-pages' } });
  try {
    await lend({ product, backup });
  } finally {
    await product.close();
    await rm(backup, { recursive: true, force: true });
  }
};

const test = spec<Before>('backups', withBackups, { deadlineMs: 240_000, shared: true });

/** Everything of the product goes, as a burnt disk would have it; only its address stays. */
async function wreck(product: Product): Promise<void> {
  await product.andon('down');
  const home = await realpath(join(product.data, 'postgres')).catch(() => join(product.data, 'postgres'));
  for (const folder of [dirname(home), product.data]) await rm(folder, { recursive: true, force: true });
}

/** One that no other place has; `stored`: it is damaged. */
async function addContent(backup: string, text: string, stored = text): Promise<string> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const place = placeIn(join(backup, 'files'), sha256);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, stored);
  return sha256;
}

test('what was backed up under traffic is all there after everything was lost, and everybody goes on', async ({
  product,
  backup,
}) => {
  const { url } = product;
  const buyer = await newBuyer(url);
  const [supervisorLogin] = (await product.logins()) as [Login];
  const [operatorLogin] = (await product.addUsers('operator', { site: 'north' })) as [Login];
  const operator = await signIn(url, operatorLogin);
  done(await operator.post('/api/operators/me/start-shift'));
  const key = JSON.parse(await product.andon('keys', 'add', '--partner', 'Acme', '--json')) as { apiKey: string };
  const partner = new Api(url, { token: key.apiKey, id: '', name: 'Acme' });

  const held = await captured(buyer, operator);
  const waiting = await approvedOrder(buyer);
  const model = done(
    await partner.call('POST', '/v1/models', cube(), { key: randomUUID(), headers: { 'x-filename': 'a.stl' } }),
  );
  const asked = { model: model.model, settings: await settings(buyer), site: 'north', reference: 'PO-1' };
  const ordered = await partner.post('/v1/orders', asked, { key: 'first' });
  assert.is(ordered.status, 201, JSON.stringify(ordered.body));
  const events = await until('the partner is told', async () => {
    const { body } = await partner.get('/v1/events');
    return body.items.length > 0 ? body : undefined;
  });
  const linkOf = done(await buyer.post(`/api/orders/${held.id}/share`, {}, { key: randomUUID() }));

  // Traffic while the backup is made: whatever was answered before it began must be in it.
  let going = true;
  const made: string[] = [];
  const traffic = (async () => {
    while (going) made.push((await createOrder(buyer)).id);
  })();
  await until('there is traffic', () => made.length >= 3, 20_000);
  const before = [...made];
  const said = await product.andon('backup', backup);
  await until('traffic went on during the backup', () => made.length > before.length);
  going = false;
  await traffic;
  assert.match(said, /backed up as of/);
  assert.is((await stat(backup)).mode & 0o777, 0o700);
  for (const name of await readdir(backup)) {
    const { mode } = await stat(join(backup, name));
    if (/json|dump/.test(name)) assert.is(mode & 0o777, 0o600, name);
  }

  const again = await product.andon('backup', backup);
  assert.match(again, /of them new here/);
  assert.is((await readdir(backup)).filter((name) => name.endsWith('.dump')).length, 1, 'the newest dump alone stays');
  const late = await createOrder(buyer); // after the backup: lost with the disk

  const timeline = await timelineOf(buyer, held.id);
  await wreck(product);
  const damaged = await addContent(backup, 'as it was', 'as it is now');
  const failed = (await product.andon('restore', backup).catch((error) => error)) as { code: number; stdout: string };
  const restored = failed.stdout;
  assert.is(failed.code, 1, 'one content is damaged in the backup');
  assert.match(restored, `DAMAGED IN THE BACKUP, and left out: the content ${damaged}`);
  assert.match(restored, /every table as it was backed up/);
  assert.match(restored, /compared with the log and equal/);
  assert.match(await product.andon('up', '-d'), /those of the backup[\s\S]*users passwd LOGIN/);

  assert.is((await operator.get('/api/operators')).status, 401, 'sessions of before have ended');
  const working = await signIn(url, operatorLogin);
  const staff = await signIn(url, supervisorLogin);
  for (const id of [held.id, waiting.id, ...before]) assert.is((await staff.get(`/api/orders/${id}`)).status, 200, id);
  assert.is((await staff.get(`/api/orders/${late.id}`)).status, 404);
  assert.equal(
    await timelineOf(staff, held.id).then((items) => items.map(({ at }) => at)),
    timeline.map(({ at }) => at),
  );

  // The operator goes on with what was captured before.
  assert.is((await read(working, held.id)).capture.operator.id, operator.id);
  done(await working.order(held.id, 'start', { epoch: held.epoch }));
  done(await working.order(held.id, 'complete', { epoch: held.epoch }));

  // A key of before answers as before; another request under it is told so.
  const repeated = await partner.post('/v1/orders', asked, { key: 'first' });
  assert.equal([repeated.status, repeated.body.id], [201, ordered.body.id]);
  assert.is(repeated.headers.get('idempotent-replay'), 'true');
  const other = await partner.post('/v1/orders', { ...asked, reference: 'PO-2' }, { key: 'first' });
  assert.equal([other.status, other.body.code], [422, 'idempotency_key_reused']);
  const taken = await partner.post('/v1/orders', asked, { key: 'second' });
  assert.equal([taken.status, taken.body.code], [409, 'reference_taken']);

  // The partner reads on from the place it had, and the guest's link still opens.
  done(await partner.post(`/v1/orders/${ordered.body.id}/submit`, {}, { key: randomUUID() }));
  const next = await until('events go on', async () => {
    const { body } = await partner.get(`/v1/events?after=${events.next}`);
    return body.items.some(({ type }: { type: string }) => type === 'priced') ? body.items : undefined;
  });
  assert.ok(
    next.every(({ version }: { version: number }) => version > 1),
    'and from there only',
  );
  const guest = new Api(url);
  assert.is((await guest.get(`/api/orders/${held.id}?share=${linkOf.token}`)).status, 200);

  // New orders, new numbers, prices: everything runs.
  const fresh = await newBuyer(url);
  const { id } = await approvedOrder(fresh);
  const numbers = await inPostgres(product, async (client) => {
    const { rows } = await client.query(`SELECT count(*) AS all, count(DISTINCT number) AS different FROM orders`);
    return rows[0];
  });
  assert.is(numbers.all, numbers.different, 'no number is given twice');
  assert.ok(id);
  await logIsWhole(product);
  await boardEqualsLog(product, staff, 'north', 'after the restore');
});

test('what is in use, not empty or damaged is refused; an adopted log serves as before, and a copy not before it is', async ({
  product,
  backup,
}) => {
  const [login, operatorLogin] = await Promise.all(
    (['supervisor', 'operator'] as const).map(async (role) => (await product.addUsers(role, { site: 'north' }))[0]!),
  );
  const operator = await signIn(product.url, operatorLogin!);
  done(await operator.post('/api/operators/me/start-shift'));
  const held = await captured(await newBuyer(product.url), operator);
  const eraOf = () =>
    inPostgres(product, async (client) => Number((await client.query('SELECT current FROM era')).rows[0].current));
  const before = await eraOf();
  for (const command of [['restore', backup], ['adopt']])
    assert.match(await failing(product, ...command), /is up here/);

  await inPostgres(product, (client) => client.query(`UPDATE era SET origin = 'elsewhere/1'`));
  await product.andon('down');
  assert.match(await failing(product, 'up', '-d'), /has not been adopted/);
  const [content, secrets] = [await addContent(backup, 'of the backup alone'), join(product.data, 'secrets.json')];
  const kept = await readFile(secrets, 'utf8');
  assert.match(await failing(product, 'restore', backup), /--force/);
  assert.not.ok(existsSync(placeIn(join(product.data, 'files'), content)), 'what is refused copies nothing');
  assert.is(await readFile(secrets, 'utf8'), kept);
  assert.match(await failing(product, 'restore', join(backup, 'files')), /holds no backup/);
  const dump = join(backup, (await readdir(backup)).find((name) => name.endsWith('.dump'))!);
  await truncate(dump, (await stat(dump)).size - 10);
  assert.match(await failing(product, 'restore', backup, '--force'), /damaged/);

  for (let time = 1; time <= 2; time++) assert.match(await product.andon('adopt'), /equal: \d+ orders, [1-9]/);
  await product.andon('up', '-d');
  assert.is(await eraOf(), before + 2);
  const working = await signIn(product.url, operatorLogin!);
  done(await working.order(held.id, 'start', { epoch: held.epoch }));
  const staff = await signIn(product.url, login!);
  await boardEqualsLog(product, staff, 'north', 'after it was adopted');
  const eras = await inPostgres(product, async (client) => {
    const { rows } = await client.query('SELECT era FROM actor_log WHERE actor_id = $1 ORDER BY version', [held.id]);
    return rows.map(({ era }: { era: number }) => era);
  });
  assert.equal([eras[0], eras.at(-1)], [before, before + 2], 'new rows are of the new era');
  await until('lists follow the new era', async () => {
    const { body } = await staff.get('/api/orders?status=MANUFACTURING_STARTED&limit=200');
    return body.items.some((item: { id: string }) => item.id === held.id);
  });
});
