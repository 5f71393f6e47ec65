/** The story of one order where millions of rows stand in the log: each time another order, none of them known to Redis. */
import pg from 'pg';
import { ofProcess, ofThisProcess } from '../_kit/cpu.ts';
import { LeanHttp } from '../_kit/lean-http.ts';
import { type PullResult, pull } from '../_kit/pull.ts';
import type { Table } from '../_kit/report.ts';
import { signIn } from '../_kit/sessions.ts';
import type { Settings } from '../_kit/settings.ts';
import { SUPERVISOR } from '../_kit/staff.ts';
import type { Stand } from '../_kit/stand.ts';
import { startWeb } from '../_kit/web.ts';
import { pullRow } from './rows.ts';

const SAMPLE = 20_000;
const CLIENTS = 4;

async function sample(stand: Stand): Promise<{ ids: readonly string[]; rows: number }> {
  const client = new pg.Client({ connectionString: stand.superUrl });
  await client.connect();
  const found = await client.query<{ id: string }>('SELECT id FROM orders ORDER BY id LIMIT $1', [SAMPLE]);
  const all = await client.query<{ count: string }>('SELECT count(*) FROM actor_log');
  await client.end();
  return { ids: found.rows.map(({ id }) => id), rows: Number(all.rows[0]?.count) };
}

export async function timeline(stand: Stand, settings: Settings): Promise<Table> {
  const { ids, rows } = await sample(stand);
  const web = await startWeb(stand);
  const [token = ''] = await signIn(stand, [SUPERVISOR]);
  const lines = await Promise.all(Array.from({ length: CLIENTS }, () => LeanHttp.open(web.url, token)));
  const results: PullResult[] = [];
  let next = 0;
  try {
    for (let run = 0; run <= settings.runs; run++) {
      const meter = { generator: ofThisProcess, web: ofProcess(web.pid), ...stand.meter };
      const ask = (line: LeanHttp) => line.get(`/api/orders/${ids[next++ % ids.length]}/timeline`);
      const result = await pull(lines, ask, 200, settings.seconds, meter);
      if (run > 0) results.push(result);
    }
    return {
      title: `The timeline of an order, ${rows} rows in the log, ${CLIENTS} clients`,
      rows: { andon: pullRow(results, results) },
    };
  } finally {
    for (const line of lines) line.close();
    await web.stop();
  }
}
