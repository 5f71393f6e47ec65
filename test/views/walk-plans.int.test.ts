import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { WALK_SETTINGS } from '../../src/log/connect.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenLog, withOpenLog } from '../log/open-log.ts';

const test = spec('plans of a rebuild', withOpenLog, { deadlineMs: 60_000 });

/** Three thousand orders of ten versions; every third is a partner's. */
const FILL = `insert into actor_log (kind, actor_id, version, base, command_id, command_hash, issuer, at, events, after, state_version)
  select 'order', md5((n / 10)::text)::uuid, 1 + n % 10, case when n % 10 > 0 then gen_random_uuid() end, gen_random_uuid(), 'h',
    '{}', now(), '[]', '{"tenant": "x"}', 1 from generate_series(10, 30009) n`;
const FILL_EVENTS = `insert into partner_events select 'x', era, xid, seq, 0, '{}' from actor_log where seq % 3 = 0`;

const FILL_ORDERS = `insert into orders (id, number, site, status, tenant, owner, version, waiting_for, priority, recent, urgent, model,
    created_at, updated_at)
  select actor_id, 'A', 'north', 'CLOSED', 'x', 'x', 10, 'nobody', 1, '', '', 'm', now(), now() from actor_log where version = 10`;

const MIDDLE = '80000000-0000-4000-8000-000000000000';
const WALKS: readonly (readonly [file: string, values: readonly unknown[]])[] = [
  ['orders-newest', ['order', MIDDLE, 500, 'orders']],
  ['orders-unknown', ['order', MIDDLE, 500]],
  ['events-stray', ['x', 1, '0', '0', 0, 500, 'order']],
];

interface Node {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly Node[];
}

/** Rows that the leaves of a plan gave, all together. */
function touched({ Plans: plans = [], ...node }: Node): number {
  if (plans.length === 0) return node['Actual Rows'] * node['Actual Loops'];
  return plans.reduce((sum, plan) => sum + touched(plan), 0);
}

async function planOf({ session, database }: OpenLog, file: string, values: readonly unknown[]): Promise<Node> {
  const client = await session(database.url);
  for (const [name, value] of Object.entries(WALK_SETTINGS)) await client.query(`set ${name} = '${value}'`);
  const sql = readFileSync(new URL(`../../src/views/sql/${file}.sql`, import.meta.url), 'utf8').replace(/^--.*$/gm, '');
  const { rows } = await client.query(`explain (analyze, format json) ${sql}`, [...values]);
  return rows[0]['QUERY PLAN'][0].Plan;
}

test('a page of a walk over the log reads a page, whatever statistics there are', async (open) => {
  await open.see(FILL);
  await open.see(FILL_EVENTS);
  await open.see(FILL_ORDERS);
  for (const known of [false, true]) {
    if (known) await open.see('vacuum analyze actor_log, partner_events, orders');
    for (const [file, values] of WALKS) {
      const plan = await planOf(open, file, values);
      // A page: 500 orders with their ten versions each, or 500 events and the rows they come from.
      assert.ok(touched(plan) < 9_000, `${file}, ${known ? '' : 'not '}analyzed, reads ${touched(plan)} rows`);
    }
  }
});
