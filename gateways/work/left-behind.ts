/** The keeper's duty `left-behind`: what commands and uploads wrote that then came to nothing, a day later. */
import type { Core } from '../../src/core.ts';
import { whichAreNamed } from '../../src/files/named.ts';
import { sweepOrphans } from '../../src/files/orphans.ts';
import { sweepUnnamed } from '../../src/identity/people.ts';
import { originOf } from '../../src/log/origin.ts';
import type { Queryable } from '../../src/log/statement.ts';

const DAY_MS = 86_400_000;

/** `pool`: with `READ_SETTINGS`. */
export async function sweepLeftBehind(
  { config, log }: Pick<Core, 'config' | 'log'>,
  pool: Queryable,
  report: (what: string, details: Readonly<Record<string, unknown>>) => void,
): Promise<false> {
  const rows = await sweepUnnamed(pool, DAY_MS);
  const { here: database } = await originOf(pool);
  const swept = await sweepOrphans({
    dir: config.filesDir,
    database,
    olderThanMs: DAY_MS,
    named: (contents) => whichAreNamed(pool, contents),
  });
  if ('foreign' in swept) {
    const { foreign } = swept;
    report('the store belongs to another database', { foreign, database, folder: config.filesDir });
  } else if (rows + swept.removed > 0) {
    log.info({ event_type: 'swept', rows, contents: swept.removed }, 'what was left behind is gone');
  }
  return false;
}
