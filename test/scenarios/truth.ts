/** What the boards show, held against the log itself. */
import pg from 'pg';
import * as assert from 'uvu/assert';
import { LANES, laneOf } from '../../actors/order/lifecycle.ts';
import type { OrderState } from '../../actors/order/state.ts';
import type { Api } from '../_kit/api.ts';
import type { Product } from '../_kit/product.ts';
import { until } from '../_kit/until.ts';

export async function serverOf(product: Product, name: string): Promise<{ pid: number; url: string }> {
  const found = (await product.status()).servers.find((server) => server.name === name);
  if (found === undefined) throw new Error(`${name} does not run`);
  return found;
}

/** One session of the owner's on the product's own Postgres. */
export async function inPostgres<T>(product: Product, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client((await serverOf(product, 'postgres')).url);
  client.on('error', () => undefined); // it may be ended on purpose, and ends with the server when the test fails before
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** order id → `<lane> <version>`, folded from the log. */
const boardOfTheLog = (product: Product, site: string): Promise<Map<string, string>> =>
  inPostgres(product, async (client) => {
    const { rows } = await client.query<{ actor_id: string; version: number; after: OrderState }>(
      `SELECT DISTINCT ON (actor_id) actor_id, version, after FROM actor_log WHERE kind = 'order' ORDER BY actor_id, version DESC`,
    );
    const cards = rows.flatMap(({ actor_id, version, after }): [string, string][] => {
      const lane = laneOf(after);
      return lane === null || after.site !== site ? [] : [[actor_id, `${lane} ${version}`]];
    });
    return new Map(cards.sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** The same, as the board's pages tell it. */
async function boardAsServed(reader: Api, site: string): Promise<Map<string, string>> {
  const cards: [string, string][] = [];
  for (const lane of LANES) {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, body } = await reader.get(`/api/boards/${site}?lane=${lane}&sort=recent${at}`);
      assert.is(status, 200, JSON.stringify(body));
      for (const card of body.items) cards.push([card.order, `${lane} ${card.version}`]);
      cursor = body.next;
    }
  }
  return new Map(cards.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const boardEqualsLog = (product: Product, reader: Api, site: string, when = 'in the end'): Promise<unknown> =>
  until(
    `the board of ${site} equals the log ${when}`,
    async () => {
      const [log, board] = await Promise.all([boardOfTheLog(product, site), boardAsServed(reader, site)]);
      return JSON.stringify([...log]) === JSON.stringify([...board]);
    },
    15_000,
  );

/** No version is missing, and what is held is held once: each capture in a state has its claim, and each claim its capture. */
export const logIsWhole = (product: Product): Promise<void> =>
  inPostgres(product, async (client) => {
    const holes = await client.query(
      `SELECT kind, actor_id FROM actor_log GROUP BY 1, 2 HAVING count(*) <> max(version) OR min(version) <> 1`,
    );
    assert.equal(holes.rows, [], 'versions without a gap');
    const odd = await client.query(
      `WITH head AS (
         SELECT DISTINCT ON (actor_id) actor_id, after FROM actor_log WHERE kind = 'order' ORDER BY actor_id, version DESC
       ), held AS (
         SELECT actor_id, 'slot:' || (after->'capture'->>'operator') || ':' || (after->'capture'->>'slot') AS name
           FROM head WHERE json_typeof(after->'capture') = 'object'
       ), claimed AS (SELECT actor_id, name FROM claims WHERE name LIKE 'slot:%')
       (TABLE held EXCEPT TABLE claimed) UNION ALL (TABLE claimed EXCEPT TABLE held)`,
    );
    assert.equal(odd.rows, [], 'claims are what is held');
  });
