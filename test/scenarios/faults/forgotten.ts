/** A transaction that wrote something in another database of the cluster and was never ended. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import * as assert from 'uvu/assert';
import { until } from '../../_kit/until.ts';
import { type House, serverUrl } from './house.ts';

const NAME = 'a forgotten report';

/** All that the keepers said. */
const saidByKeepers = (house: House): string =>
  readdirSync(join(house.product.data, 'logs'))
    .filter((name) => name.startsWith('keeper'))
    .map((name) => readFileSync(join(house.product.data, 'logs', name), 'utf8'))
    .join('');

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
    const told = saidByKeepers(house).length;
    await until('the list of orders is behind', async () => (await behind(house)) > 5, 30_000);
    await house.end.whileStalled('while a transaction is open elsewhere');
    const alarm = await until(
      'the keeper names who holds the feeds back',
      () =>
        saidByKeepers(house)
          .slice(told)
          .split('\n')
          .find((line) => line.includes('feed_stalled')) ?? '',
      40_000,
    );
    const { waitedMs, pid: culprit, application, database } = JSON.parse(alarm);
    assert.equal([culprit, application, database], [pid, NAME, 'postgres']);
    assert.ok(waitedMs > 0);
    assert.ok((await behind(house)) > 0, 'it still is');
  } finally {
    await client.end();
  }
}
