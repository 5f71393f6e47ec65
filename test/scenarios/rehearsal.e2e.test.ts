/**
 * A restore of many orders into another database, on servers that were given, in place of what is there.
 * `ANDON_REHEARSAL_ORDERS=50000` makes it the rehearsal that a company does; it prints times and sizes on request of
 * `ANDON_REHEARSAL_LOG`, the name of a file.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import { asOwner } from '../../src/launcher/owner.ts';
import { ROOT } from '../../src/launcher/place.ts';
import { type LentDatabase, lendDatabase } from '../_kit/database.ts';
import { fromRunner, REDIS_URL } from '../_kit/environment.ts';
import { fillOrders } from '../_kit/many-orders.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const run = promisify(execFile);
const ORDERS = Number(process.env['ANDON_REHEARSAL_ORDERS'] || '300');
const LOG = process.env['ANDON_REHEARSAL_LOG'];

const test = spec('rehearsal', undefined, { deadlineMs: 120_000 + ORDERS * 30 });

const DIGESTS = {
  log: `SELECT count(*) AS n, sum(hashtextextended(concat_ws('|', kind, actor_id, version, command_id, era, xid, seq, after::text), 0)) AS sum FROM actor_log`,
  claims: `SELECT count(*) AS n, sum(hashtextextended(concat_ws('|', name, kind, actor_id), 0)) AS sum FROM claims`,
  orders: `SELECT count(*) AS n, sum(hashtextextended(concat_ws('|', id, number, site, status, lane, version, recent, urgent, card::text), 0)) AS sum FROM orders`,
  events: `SELECT count(*) AS n, sum(hashtextextended(concat_ws('|', tenant, era, xid, seq, n, event::text), 0)) AS sum FROM partner_events`,
} as const;

const digests = ({ adminUrl }: LentDatabase): Promise<Record<string, unknown>> =>
  asOwner(adminUrl, 'test', async (client) => {
    const found: Record<string, unknown> = {};
    for (const [name, sql] of Object.entries(DIGESTS)) found[name] = (await client.query(sql)).rows[0];
    return found;
  });

/** What comes after the backup would be missing in it, rightly. */
const feedsAreThrough = (database: LentDatabase): Promise<boolean> =>
  asOwner(database.adminUrl, 'test', async (client) => {
    const { rows } = await client.query<{ behind: string }>(
      `SELECT count(*) AS behind FROM cursors c WHERE name <> 'publisher'
         AND EXISTS (SELECT FROM actor_log l WHERE (l.era, l.xid, l.seq) > (c.era, c.xid, c.seq))`,
    );
    return rows[0]?.behind === '0';
  });

const givenTo = ({ url, adminUrl }: LentDatabase, prefix: string): Record<string, string> => ({
  DATABASE_URL: url,
  DATABASE_ADMIN_URL: adminUrl,
  REDIS_URL: fromRunner(REDIS_URL),
  ANDON_PREFIX: prefix,
  ANDON_PAGES: 'no-pages',
});

test(`${ORDERS} orders: restored, every view made anew, and equal to what was there`, async () => {
  const [from, to] = [await lendDatabase(), await lendDatabase()];
  const [backup, data] = await Promise.all(
    ['backup', 'restored'].map((name) => mkdtemp(join(tmpdir(), `andon-${name}-`))),
  );
  const prefix = `t${randomBytes(4).toString('hex')}`;
  let product: Product | undefined;
  let last = performance.now();
  const took = (what: string): void => {
    const now = performance.now();
    if (LOG) appendFileSync(LOG, `${((now - last) / 1_000).toFixed(1)} s  ${what}\n`);
    last = now;
  };
  try {
    await fillOrders(from.adminUrl, { orders: ORDERS, onBoards: Math.ceil(ORDERS / 10), feeds: 'all' });
    took('filled');
    product = await startProduct({ env: givenTo(from, prefix) });
    took('started on it');
    await until('the feeds have told all of it', () => feedsAreThrough(from), 120_000 + ORDERS * 10);
    took('feeds');
    await product.andon('backup', backup ?? '');
    took('backup');
    await product.andon('down');
    const was = await digests(from);

    last = performance.now();
    const env = { ...process.env, ...givenTo(to, `${prefix}-2`), AMQP_URL: 'none', ANDON_DATA: data };
    const logins = join(data ?? '', 'logins.json');
    await writeFile(logins, '[{"login": "of-before"}]', { mode: 0o600 });
    const { stdout: said } = await run(join(ROOT, 'andon'), ['restore', backup ?? '', '--force'], { env });
    took('restore');
    const cards = Math.ceil(ORDERS / 10);
    assert.match(said, new RegExp(`equal: ${ORDERS} orders, [1-9]\\d* captures .* ${cards} cards on boards`));
    assert.equal(await digests(to), was);
    assert.not.ok(existsSync(logins), 'passwords of before are no good any more');
    assert.not.ok(existsSync(join(data ?? '', 'restoring.json')), 'it came to its end');
    if (LOG) {
      const dump = (await readdir(backup ?? '')).find((name) => name.endsWith('.dump')) ?? '';
      const { size } = await stat(join(backup ?? '', dump));
      appendFileSync(LOG, `${JSON.stringify(was)}\ndump ${size} bytes\n${said}`);
    }
  } finally {
    await product?.close();
    for (const folder of [backup, data]) await rm(folder ?? '', { recursive: true, force: true });
    for (const database of [from, to]) await database.close();
  }
});
