import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { BY_INDEX } from '../../src/log/connect.ts';
import { LIST_SETTINGS } from '../../src/views/order-list.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenLog, withOpenLog } from '../log/open-log.ts';

const test = spec('plans of the views', withOpenLog, { deadlineMs: 30_000 });

const FILL = `insert into orders (id, number, reference, site, status, lane, tenant, owner, version, waiting_for, priority, recent,
  urgent, model, card, created_at, updated_at)
  select gen_random_uuid(), 'A-' || n, 'R-' || n, 'site' || n % 5, 'S' || n % 10,
  case when n % 40 < 3 then (array['new', 'in_work', 'made'])[1 + n % 40] end, 'house', 'owner' || n % 2000, 1,
  case when n % 10 = 0 then 'crm' else 'nobody' end, 1, lpad(n::text, 9, '0'), lpad(n::text, 9, '0'), 'model' || n, '{}',
  now(), now() - n * interval '1 second' from generate_series(1, 15000) n`;

/** A thousand partners, one of them with half of all events. */
const FILL_EVENTS = `insert into partner_events select case when n % 2 = 0 then 'big' else 'p' || n % 1000 end, 1,
  (n / 10)::text::xid8, n, n % 2, '{}' from generate_series(1, 40000) n`;

/** Two generations, five sites, two years. */
const FILL_FLOW = `insert into flow select 1 + n % 2, 'site' || n / 2 % 5, date '2025-01-01' + n / 100 % 730, 'S' || n / 10 % 10,
  n / 20000, 1, 1 from generate_series(1, 40000) n on conflict do nothing`;

const FILL_BUYERS = `insert into users (id, login, name, roles, password) select gen_random_uuid(), 'Login-' || n, 'Name ' || n,
  '{buyer}', 'x' from generate_series(1, 10000) n`;

const FILL_MODELS = `insert into models (id, tenant, owner, name, bytes, sha256) select gen_random_uuid(), 'house', 'o' || n % 2000,
  'Ring ' || n, 1, repeat('0', 64) from generate_series(1, 10000) n`;

const NO_ID = '00000000-0000-0000-0000-000000000000';
const QUERIES: readonly (readonly [file: string, values: unknown[], index: string])[] = [
  ['orders-open', ['site1', NO_ID, 500], 'orders_'],
  ['board-cold', ['site1', ['new', 'in_work', 'made'], 200], 'orders_board'],
  ['board-cold-recent', ['site1', 'new', '000000900', NO_ID, 50], 'orders_board_recent'],
  ['board-cold-urgent', ['site1', 'new', '000000900', NO_ID, 50], 'orders_board_urgent'],
  ['board-cold-places', ['site1'], 'orders_'],
  ['board-cold-changes', ['site1', new Date()], 'orders_by'],
  ['model-at-site', [NO_ID, 'site1'], 'orders_by_model'],
  ['held', ['slot:'], 'claims_pkey'],
  ['events-read', ['big', 1, '3000', '30000', 0, 51], 'partner_events_pkey'],
  ['events-read', ['p7', 0, '0', '0', 0, 51], 'partner_events_pkey'],
  [
    'events-newer',
    [
      ['big', 'p7'],
      [1, 1],
      ['3000', '3000'],
      ['1', '1'],
      [0, 0],
    ],
    'partner_events_pkey',
  ],
  ['flow-figures', ['site1', '2026-11-01'], 'flow_pkey'],
  ['orders-by-time', [new Date(), NO_ID, 51], 'orders_by_time'],
  ['orders-by-place', ['site1', null, null, new Date(), NO_ID, 51], 'orders_by_place'],
  ['orders-by-place', [null, ['S1'], 'crm', new Date(), NO_ID, 51], 'orders_by_place'],
  ['orders-by-tenant', ['house', null, null, null, new Date(), NO_ID, 51], 'orders_by_tenant'],
  ['orders-by-owner', ['house', 'owner7', null, null, null, null, new Date(), NO_ID, 51], 'orders_by_owner'],
  ['orders-by-buyer', ['Name 77', null, null, null, new Date(), NO_ID, 51, 200], 'buyers_by_name'],
  ['orders-by-buyer', ['login-77', 'site1', ['S1'], 'crm', new Date(), NO_ID, 51, 200], 'buyers_by_login'],
  ['orders-by-model-name', ['RING 77', null, null, null, null, new Date(), NO_ID, 51, 200, 2_000], 'models_by_name'],
  ['orders-by-model-name', ['ring', 'p7', 'site1', ['S1'], 'crm', new Date(), NO_ID, 51, 200, 2_000], 'models_by_name'],
  ['orders-by-model-name', ['ring', null, null, null, null, new Date(), NO_ID, 51, 200, 2_000], 'orders_by_model_time'],
  ['../../identity/sql/staff-users', [['operator', 'packer'], 'site1', 'ol', '', 51], 'users_by_role'],
  ['orders-by-name', ['A-777', null, null, null, null, '', NO_ID, 51, 2_000], 'orders_by_number'],
];

async function planOf({ session, database }: OpenLog, file: string, values: unknown[]): Promise<string> {
  const client = await session(database.url);
  const settings = file.startsWith('orders-by') ? LIST_SETTINGS : BY_INDEX;
  for (const [name, value] of Object.entries(settings)) await client.query(`set ${name} = '${value}'`);
  const sql = readFileSync(join(import.meta.dirname, `../../src/views/sql/${file}.sql`), 'utf8');
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql.replace(/^--.*$/gm, '')}`, values);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

for (const full of [false, true]) {
  test(`on ${full ? 'full' : 'empty'} tables nothing is read whole`, async (open) => {
    if (full) {
      await open.see(FILL);
      await open.see('analyze orders');
      await open.see(FILL_BUYERS);
      await open.see('analyze users');
      await open.see(FILL_MODELS);
      await open.see('analyze models');
      await open.see(FILL_EVENTS);
      await open.see('analyze partner_events');
      await open.see(FILL_FLOW);
      await open.see('analyze flow');
    }
    for (const [file, values, index] of QUERIES) {
      const plan = await planOf(open, file, values);
      const what = `${file} ${JSON.stringify(values)}\n${plan}`;
      assert.not.match(plan, file.startsWith('orders-by') ? /Seq Scan|Bitmap/ : 'Seq Scan', what);
      if (full) assert.match(plan, index, what);
    }
  });
}
