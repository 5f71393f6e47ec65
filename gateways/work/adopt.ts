/**
 * The second half of `andon adopt`, after the log has its new era: Redis forgets what it knew, the feeds go to the end of
 * the log, every view is made anew, and all of it is held against the log.
 */
import pg from 'pg';
import type { Core } from '../../src/core.ts';
import { AndonError } from '../../src/errors.ts';
import { forgetAll } from '../../src/hot/forget.ts';
import { clientConfig, openPool, WALK_SETTINGS } from '../../src/log/connect.ts';
import { EventFeed } from '../../src/views/event-feed.ts';
import { FlowFeed } from '../../src/views/flow-feed.ts';
import { TableFeed } from '../../src/views/table.ts';
import { type Checked, checkAgainstLog } from './check.ts';
import { type RebuildTools, rebuildViews } from './rebuild.ts';
import { openViews } from './views.ts';

export interface AdoptedViews extends Checked {
  /** Keys that Redis had of before. */
  readonly forgotten: number;
}

const CONNECTIONS = 4;
/** For Redis to be found. */
const REDIS_MS = 10_000;
/** For statements that read all of the log. */
const PATIENT = { statement_timeout: '0' };

/** Throws `redis_away`: what it may hold of another log would win over this one. */
export async function adoptViews(core: Core, tools: RebuildTools): Promise<AdoptedViews> {
  if (!(await core.redis.ready(REDIS_MS)))
    throw new AndonError('redis_away', 'Redis can’t be reached: what it holds of before has to go first', {
      expose: true,
    });
  const forgotten = await forgetAll(core.redis, core.keys);
  tools.told(`Redis: ${forgotten} keys of before are gone`);
  const onError = (error: Error): void => core.log.warn({ error }, 'database connection lost');
  const report = (what: string, details: object): void => core.log.warn({ ...details }, what);
  const pool = openPool({ ...core.access, max: CONNECTIONS, settings: WALK_SETTINGS, onError });
  const patient = new pg.Client(clientConfig(core.access, PATIENT));
  patient.on('error', onError);
  try {
    await patient.connect();
    const views = openViews(core, tools.definitions, pool, report);
    const feeds = [new TableFeed({ ...views.table, report }), new EventFeed(views.events), new FlowFeed(views.flow)];
    for (const feed of feeds) while (await feed.step());
    await rebuildViews(core, { view: 'all', wipe: true }, tools);
    return { forgotten, ...(await checkAgainstLog(core, { pool, patient, views, sites: tools.sites })) };
  } finally {
    await Promise.all([pool.end(), patient.end()]);
  }
}
