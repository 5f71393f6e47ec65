import pg from 'pg';
import * as assert from 'uvu/assert';
import { BY_INDEX, clientConfig } from '../../src/log/connect.ts';
import { encodeRow } from '../../src/log/encode.ts';
import { encodeBatch } from '../../src/log/encode-batch.ts';
import { statement } from '../../src/log/statement.ts';
import { type LentDatabase, lendDatabase } from '../_kit/database.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { newRow } from './new-row.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

const ID = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const ASKED = { i: 0, kind: 'order', actor_id: ID, version: 2, command_id: OTHER, takes: ['a'], ids: [ID] };
const APPENDED = newRow({
  ...{ actor: ID, version: 2, base: OTHER, takes: ['a'], frees: ['b'], done: [OTHER] },
  jobs: [{ id: OTHER, kind: 'test', payload: {} }],
});

/** Every statement of the log that runs while somebody waits: its parameters' types, and values. */
const STATEMENTS: [name: string, types: string, values: unknown[]][] = [
  [
    'append',
    'text[], uuid[], int[], uuid[], uuid[], text[], timestamptz[], int[], text[], bytea, int[], int[], int[], int[], int[], ' +
      'int[], text[], int[], text[], int[], uuid[], jsonb',
    encodeBatch([encodeRow(APPENDED)]).map((value) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)),
  ],
  ['look-up', 'jsonb', [JSON.stringify([ASKED])]],
  ['confirm', 'jsonb', [JSON.stringify([ASKED])]],
  ['heads', 'text[], uuid[]', [['order'], [ID]]],
  ['versions', 'text[], uuid[]', [['order'], [ID]]],
  ['rows', 'text[], uuid[], int[], int[]', [['order'], [ID], '{0}', '{100}']],
  ['rows-at', 'text, uuid[], int[]', ['order', [ID], '{1}']],
  ['feed', 'int, text, bigint, int', [1, '0', '0', 500]],
  ['feed-tenants', 'int, text, bigint, int, text, text', [1, '0', '0', 500, 'order', 'house']],
  ['claims-by-prefix', 'text[]', [['slot:anna:']]],
  ['claims-by-name', 'text[]', [['slot:anna:1']]],
];

async function plan(client: pg.Client, name: string, types: string, values: unknown[]): Promise<Plan> {
  const { text } = statement(import.meta.url, `../../src/log/sql/${name}`);
  await client.query(`prepare asked (${types}) as ${text}`);
  const list = values.map((value) => literal(value)).join(', ');
  const { rows } = await client.query(`explain (format json) execute asked (${list})`);
  await client.query('deallocate asked');
  return rows[0]['QUERY PLAN'][0].Plan;
}

const literal = (value: unknown): string => {
  if (!Array.isArray(value)) return pg.escapeLiteral(String(value));
  const type = value[0] === ID ? 'uuid[]' : 'text[]';
  return `array[${value.map(literal).join(', ')}]::${type}`;
};

function* nodes(plan: Plan): Generator<Plan> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* nodes(child);
}

/** Nodes that read a whole table or a whole index. */
const scans = (whole: Plan): string[] =>
  [...nodes(whole)]
    .filter(
      (node) => node['Node Type'] === 'Seq Scan' || (/^(Bitmap )?Index/.test(node['Node Type']) && !node['Index Cond']),
    )
    .map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''} ${node['Index Name'] ?? ''}`);

const FILL = `
  insert into actor_log (kind, actor_id, version, base, command_id, command_hash, issuer, at, events, after, state_version)
  select 'order', md5(a::text)::uuid, v, case when v > 1 then md5(a || ':' || v - 1)::uuid end, md5(a || ':' || v)::uuid,
         'h', '{}', now(), '[]', '{}', 1
  from generate_series(1, 5000) a, generate_series(1, 4) v;
  insert into claims (name, kind, actor_id) select 'slot:' || n, 'order', md5(n::text)::uuid from generate_series(1, 2000) n;
  insert into jobs (id, kind, actor_id, payload) select md5(n::text)::uuid, 'price', md5(n::text)::uuid, '{}' from generate_series(1, 2000) n;
  insert into quarantine (kind, actor_id, why) select 'order', md5(n::text)::uuid, 'test' from generate_series(1, 200) n`;

const withClients: Fixture<{ database: LentDatabase; owner: pg.Client; app: pg.Client }> = async (lend) => {
  const database = await lendDatabase();
  const owner = new pg.Client({ connectionString: database.adminUrl });
  const app = new pg.Client(clientConfig({ url: database.url, name: 'test plans' }, BY_INDEX));
  await Promise.all([owner.connect(), app.connect()]);
  try {
    await lend({ database, owner, app });
  } finally {
    await Promise.all([owner.end(), app.end()]);
    await database.close();
  }
};

const test = spec('plans', withClients, { deadlineMs: 30_000 });

test('scan nothing on empty tables', async ({ app }) => {
  for (const [name, types, values] of STATEMENTS) {
    assert.equal(scans(await plan(app, name, types, values)), [], name);
  }
});

test('scan nothing on full tables, analyzed or not', async ({ app, owner }) => {
  await owner.query(FILL);
  for (const [name, types, values] of STATEMENTS) {
    assert.equal(scans(await plan(app, name, types, values)), [], `${name}, not analyzed`);
  }
  await owner.query('analyze');
  for (const [name, types, values] of STATEMENTS) {
    assert.equal(scans(await plan(app, name, types, values)), [], `${name}, analyzed`);
  }
});

test('a stalled feed does not read what waits', async ({ app }) => {
  const bounds = [...nodes(await plan(app, 'feed', 'int, text, bigint, int', [1, '0', '0', 500]))]
    .filter((node) => node['Relation Name']?.startsWith('actor_log'))
    .map((node) => node['Index Cond'] ?? '');
  assert.is(bounds.length, 16);
  for (const bound of bounds) assert.match(bound, /ROW\(era, xid, seq\) > .* AND \(ROW\(era, xid\) < /);
});

test('a scan would be found', async ({ app }) => {
  await app.query('set enable_seqscan = on');
  const { rows } = await app.query('explain (format json) select * from claims where kind > $$a$$');
  assert.ok(scans(rows[0]['QUERY PLAN'][0].Plan).length > 0);
});
