import * as assert from 'uvu/assert';
import { BY_INDEX } from '../../src/log/connect.ts';
import { statement } from '../../src/log/statement.ts';
import { spec } from '../_kit/spec.ts';
import { type WithJobs, withJobs } from './with-jobs.ts';

const test = spec('the plan of the question for places', withJobs, { deadlineMs: 60_000 });

const queue = statement(new URL('../../src/work/pace.ts', import.meta.url).href, 'sql/queue');

/** As it runs on a busy day: beside done jobs and timers. */
const FILL = `insert into jobs (id, kind, actor_id, state, due, share)
  select gen_random_uuid(), case when n % 6 = 1 then 'timer' else 'price' end, gen_random_uuid(),
    case when n % 2 = 0 then 'done' else 'due' end, now() - n * interval '1 second', case when n % 5 = 0 then 'p' || n % 200 end
  from generate_series(1, 60000) n`;

async function planOf({ pool }: WithJobs): Promise<string> {
  const client = await pool.connect();
  try {
    for (const [name, value] of Object.entries(BY_INDEX)) await client.query(`set ${name} = '${value}'`);
    await client.query(`prepare queue (uuid[], text, int) as ${queue.text}`);
    const some = await client.query<{ actor_id: string }>("select actor_id from jobs where state = 'due' limit 50");
    const asked = some.rows.map((row) => row.actor_id).join();
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze) execute queue ('{${asked}}', 'price', 1000)`,
    );
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    client.release(true);
  }
}

test('it reads the due jobs of its kind once, by their index, however many ask', async (at) => {
  const empty = await planOf(at);
  assert.not.match(empty, /Seq Scan on jobs/, empty);
  await at.pool.query(FILL);
  await at.pool.query('analyze jobs');
  const full = await planOf(at);
  assert.not.match(full, /Seq Scan on jobs/, full);
  assert.match(full, /Index Scan using jobs_(waiting|due) on jobs \S+ +\(.*rows=20000 loops=1\)/, full);
  assert.match(full, /CTE shares\n +-> +HashAggregate .* loops=1\)/, full);
});
