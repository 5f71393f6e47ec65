/** What statements cost, as Postgres plans them for any parameters and counts them while they run. */
import pg from 'pg';
import type { Queryable } from '../../src/log/statement.ts';

export interface Cost {
  /** Pages of the database that were touched. */
  readonly buffers: number;
  readonly ms: number;
  /** Tables that were read whole. */
  readonly scans: readonly string[];
  /** Most rows that went into one sort. */
  readonly sorted: number;
}

export interface Explaining {
  /** Of all statements that `run` makes. */
  cost(run: (on: Queryable) => Promise<unknown>): Promise<Cost>;
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

interface Explained {
  readonly Plan: Plan;
  readonly 'Execution Time': number;
}

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null';
  if (!Array.isArray(value)) return pg.escapeLiteral(String(value));
  return pg.escapeLiteral(`{${value.map((one) => `"${one}"`).join(',')}}`);
};

function* nodes(plan: Plan): Generator<Plan> {
  yield plan;
  for (const inner of plan.Plans ?? []) yield* nodes(inner);
}

const WHOLE = new Set(['Seq Scan', 'Bitmap Heap Scan']);

/** `client`: with the settings of the sessions that run these statements. */
export function explaining(client: pg.Client): Explaining {
  let n = 0;
  const explain = async (text: string, values: readonly unknown[]): Promise<Explained> => {
    const name = `asked_${++n}`;
    await client.query(`prepare ${name} as ${text}`);
    const list = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`;
    const { rows } = await client.query(`explain (analyze, buffers, format json) execute ${name} ${list}`);
    await client.query(`deallocate ${name}`);
    return rows[0]['QUERY PLAN'][0];
  };
  return {
    async cost(run) {
      const seen: Explained[] = [];
      await run({
        async query(config) {
          seen.push(await explain(config.text, config.values ?? []));
          return client.query(config);
        },
      });
      const plans = seen.flatMap(({ Plan: plan }) => [...nodes(plan)]);
      const whole = plans.filter((node) => WHOLE.has(node['Node Type']));
      const into = plans.filter((node) => /Sort/.test(node['Node Type'])).flatMap((node) => node.Plans ?? []);
      return {
        buffers: seen.reduce((sum, { Plan: plan }) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0),
        ms: Math.round(seen.reduce((sum, one) => sum + one['Execution Time'], 0) * 10) / 10,
        scans: whole.map((node) => node['Relation Name'] ?? ''),
        sorted: Math.max(0, ...into.map((node) => node['Actual Rows'] * node['Actual Loops'])),
      };
    },
  };
}
