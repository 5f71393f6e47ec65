import pg from 'pg';
import * as assert from 'uvu/assert';
import { BY_INDEX } from '../../src/log/connect.ts';
import { statement } from '../../src/log/statement.ts';
import { spec } from '../_kit/spec.ts';
import { type WithJobs, withJobs } from './with-jobs.ts';

const test = spec('plans of the jobs', withJobs, { deadlineMs: 90_000 });

/** One in six is done, and as many are timers of a later day; half of the rest is one partner's. */
const FILL = `insert into jobs (id, kind, actor_id, state, due, share)
  select gen_random_uuid(), case when n % 6 = 1 then 'timer' else 'test' end, gen_random_uuid(),
    case when n % 6 = 0 then 'done' else 'due' end, now() + case when n % 6 = 1 then 1 else -1 end * n * interval '1 second',
    case when n % 6 = 1 then null when n % 2 = 0 then 'A' when n % 5 = 0 then null else 'p' || n % 200 end
  from generate_series($1::int, $2::int) n`;

/** Each with its parameters and the most rows of jobs that it may read beside many. */
const STATEMENTS: readonly (readonly [file: string, types: string, values: string, rows: number])[] = [
  ['claim', 'text[], int, text, int, int, int, jsonb', `'{test}', 2, 'w', 1000, 1, 60000, '{"A": 2}'`, 1_500],
  ['jobs-list', 'text[], text[], timestamptz, uuid, int', `'{due,done,dead}', '{test,timer}', null, null, 51`, 400],
  ['jobs-count', 'text[], text[], int', `'{due,dead}', '{test,timer}', 100`, 300],
  ['jobs-oldest', 'text[]', `'{test,timer}'`, 10],
  ['redrive', 'text[], text, text, timestamptz', `'{test}', null, null, null`, 10],
];

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const all = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(all)];

interface Session {
  /** Scans of the jobs by the plan that was made first, and how many rows they read. */
  scans(file: string): Promise<{ kinds: string; rows: number }>;
}

/** A session as workers have it: plans are made now and kept. */
async function session({ pool }: WithJobs, act: (session: Session) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    for (const [name, value] of Object.entries(BY_INDEX)) await client.query(`set ${name} = '${value}'`);
    for (const [file, types] of STATEMENTS) {
      const { text } = statement(new URL('../../src/work/jobs.ts', import.meta.url).href, `sql/${file}`);
      await client.query(`prepare "${file}" (${types}) as ${text}`);
    }
    await act({
      async scans(file) {
        const [, , values] = STATEMENTS.find(([name]) => name === file)!;
        const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
          `explain (analyze, format json) execute "${file}" (${values})`,
        );
        const nodes = all(rows[0]!['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name'] === 'jobs');
        const read = (node: Plan): number =>
          ((node['Rows Removed by Filter'] ?? 0) + node['Actual Rows']) * node['Actual Loops'];
        const kinds = nodes.map((node) => node['Node Type']).join();
        return { kinds, rows: nodes.reduce((sum, node) => sum + read(node), 0) };
      },
    });
  } finally {
    client.release(true);
  }
}

test('beside 100,000 due jobs of a hundred shares nothing is read but what is taken or shown, by the plans for an empty table too', async (at) => {
  await session(at, async ({ scans }) => {
    for (const [file] of STATEMENTS) assert.match((await scans(file)).kinds, /^(?!.*Seq Scan).+$/, file);
    for (let from = 1; from < 150_000; from += 10_000) await at.pool.query(FILL, [from, from + 9_999]);
    const few = async (when: string): Promise<void> => {
      for (const [file, , , most] of STATEMENTS) {
        const { kinds, rows } = await scans(file);
        assert.not.match(kinds, 'Seq Scan', `${file} ${when}`);
        assert.ok(rows <= most, `${file} read ${rows} rows ${when}`);
      }
    };
    await few('as planned for an empty table');
    const owner = new pg.Client({ connectionString: at.adminUrl });
    await owner.connect();
    await owner.query('analyze jobs');
    await owner.end();
    await few('as planned for a full table');
  });
});
