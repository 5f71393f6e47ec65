import pg from 'pg';
import * as assert from 'uvu/assert';
import { type CutProxy, cutProxy } from './cut-proxy.ts';
import { lendDatabase } from './database.ts';
import { spec } from './spec.ts';
import { until } from './until.ts';

interface Fixture {
  readonly proxy: CutProxy;
  /** Runs SQL on a connection of its own through the proxy. */
  through(sql: string): Promise<unknown>;
  /** The same, on a new connection. */
  again(sql: string): Promise<unknown>;
  /** The same, past the proxy. */
  past(sql: string): Promise<unknown[]>;
}

const test = spec<Fixture>('a cut proxy', async (lend) => {
  const database = await lendDatabase();
  const direct = new URL(database.adminUrl);
  const proxy = await cutProxy(Number(direct.port));
  const proxied = new URL(direct);
  proxied.port = String(proxy.port);
  const clients: pg.Client[] = [];
  const connect = async (url: URL): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  };
  try {
    const past = await connect(direct);
    await past.query('create table t (n int)');
    const client = await connect(proxied);
    await lend({
      proxy,
      through: (sql) => client.query(sql),
      again: async (sql) => (await connect(proxied)).query(sql),
      past: async (sql) => (await past.query(sql)).rows,
    });
  } finally {
    for (const client of clients) await client.end().catch(() => undefined);
    await proxy.close();
    await database.close();
  }
});

test('that cuts replies lets the statement commit', async ({ proxy, through, past }) => {
  proxy.cutReplies();
  const error = await through('insert into t values (1)').catch((e) => e);
  assert.instance(error, Error);
  assert.is(proxy.cuts(), 1);
  await until('the row is there', async () => (await past('select n from t')).length === 1);
});

test('that cuts requests lets nothing happen', async ({ proxy, through, past }) => {
  proxy.cutRequests();
  const error = await through('insert into t values (1)').catch((e) => e);
  assert.instance(error, Error);
  assert.equal(await past('select n from t'), []);
});

test('that stalls answers only when it is resumed', async ({ proxy, through }) => {
  proxy.stall();
  let answered = false;
  const answer = through('select 1').then(() => {
    answered = true;
  });
  const early = await until('an answer', () => answered, 200).catch(() => 'none');
  assert.is(early, 'none');
  proxy.resume();
  await answer;
});

test('that refuses is as a server that is not there, until it is resumed', async ({ proxy, through, again }) => {
  proxy.refuse();
  assert.instance(await through('select 1').catch((e) => e), Error);
  assert.instance(await again('select 1').catch((e) => e), Error);
  proxy.resume();
  await again('select 1');
});

test('that delays answers late, in order, and no longer when it is resumed', async ({ proxy, through }) => {
  const took = async (): Promise<number> => {
    const start = performance.now();
    await through('select 1');
    return performance.now() - start;
  };
  proxy.delay(60, 120);
  const late = [await took(), await took(), await took()];
  assert.ok(
    late.every((ms) => ms >= 59),
    String(late),
  );
  proxy.resume();
  const quick = await Promise.all([took(), took(), took(), took(), took()]);
  assert.ok(Math.min(...quick) < 59, String(quick));
});

test('that throttles lets a large answer through slowly, and whole', async ({ proxy, through }) => {
  const large = async (): Promise<number> => {
    const start = performance.now();
    assert.is(JSON.stringify(await through(`select repeat('x', 300000)`)).length > 300_000, true);
    return performance.now() - start;
  };
  proxy.throttle(1_000_000);
  const slow = await large();
  assert.ok(slow > 250, String(slow));
  proxy.resume();
  assert.ok((await large()) < slow);
});
