/** A transaction that wrote something in another database of the cluster and was never ended. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import * as assert from 'uvu/assert';
import { until } from '../../_kit/until.ts';
import { type House, serverUrl } from './house.ts';

const NAME = 'a forgotten report';

/** The alarms of the keepers that tell of stalled feeds, those of later faults last. */
function alarms(house: House): string[] {
  const folder = join(house.product.data, 'logs');
  const logs = readdirSync(folder).filter((name) => name.startsWith('keeper'));
  const lines = logs.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return lines.filter((line) => line.includes('feed_stalled'));
}

async function superuserOf(house: House): Promise<Client> {
  const { postgresSuper } = JSON.parse(readFileSync(join(house.product.data, 'secrets.json'), 'utf8'));
  const url = new URL(await serverUrl(house, 'postgres'));
  url.username = 'postgres';
  url.password = postgresSuper;
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href, application_name: NAME });
  await client.connect();
  return client;
}

const behind = (house: House): Promise<number> =>
  house.sight(
    async (client) =>
      (
        await client.query(
          `SELECT count(*)::int AS n FROM (SELECT actor_id, max(version) AS v FROM actor_log WHERE kind = 'order' GROUP BY 1) h
            LEFT JOIN orders o ON o.id = h.actor_id WHERE o.version IS DISTINCT FROM h.v`,
        )
      ).rows[0].n,
  );

/** While it is open: the list falls behind, boards and answers do not, and somebody is told whose fault it is. */
export async function forgottenTransaction(house: House): Promise<void> {
  const client = await superuserOf(house);
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_current_xact_id()');
    const [{ pid }] = (await client.query('SELECT pg_backend_pid() AS pid')).rows;
    await until('the list of orders is behind', async () => (await behind(house)) > 5, 30_000);
    await house.end.whileStalled('while a transaction is open elsewhere');
    const alarm = await until(
      'the keeper names who holds the feeds back',
      () =>
        alarms(house)
          .map((line) => JSON.parse(line))
          .find((line) => line.pid === pid),
      40_000,
    );
    assert.equal([alarm.application, alarm.database], [NAME, 'postgres']);
    assert.ok(alarm.waitedMs > 0);
    assert.ok((await behind(house)) > 0, 'it still is');
  } finally {
    await client.end();
  }
}
