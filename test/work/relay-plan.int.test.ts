import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { spec } from '../_kit/spec.ts';
import { type OpenLog, withOpenLog } from '../log/open-log.ts';

const test = spec<OpenLog>('the relay’s look for work', withOpenLog, { deadlineMs: 30_000 });

const FILL = `insert into jobs (id, kind, actor_id, state, due, leased_until, share)
  select gen_random_uuid(), (array['price', 'timer'])[1 + n % 2], gen_random_uuid(),
    case when n % 50 > 1 then 'done' when n % 100 < 50 then 'due' else 'running' end,
    now() + (n - 20000) * interval '1 second', now() + (n - 20000) * interval '1 second', case when n % 3 = 0 then 'acme' end
  from generate_series(1, 40000) n`;

for (const full of [false, true]) {
  test(`reads no table, on ${full ? 'full' : 'empty'} ones`, async (open) => {
    if (full) {
      await open.see(FILL);
      await open.see('analyze jobs');
    }
    const client = await open.session(open.database.url);
    for (const [name, value] of Object.entries(READ_SETTINGS)) await client.query(`set ${name} = '${value}'`);
    const sql = readFileSync(join(import.meta.dirname, '../../src/work/sql/pressure.sql'), 'utf8');
    const explain = `explain ${sql.replace(/^--.*$/gm, '')}`;
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(explain, [['price', 'timer'], 16]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    assert.not.match(plan, 'Seq Scan', plan);
    assert.match(plan, /Index Scan (Backward )?using jobs_due on jobs/, plan);
    assert.match(plan, /Index Scan (Backward )?using jobs_running on jobs/, plan);
  });
}
