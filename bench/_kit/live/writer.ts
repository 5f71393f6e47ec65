/** A process that changes orders: `node writer.ts andon|plain`. Told over IPC what to do; settings by the environment. */
import { plainWriter } from '../../peers/live-writer.ts';
import { answerParent } from '../ask.ts';
import { andonWriter } from './andon-writer.ts';
import { atRate } from './at-rate.ts';
import type { WriterAsk } from './writing.ts';

const { DATABASE_URL = '', DATABASE_ADMIN_URL = '', REDIS_URL = '', ANDON_TARIFFS } = process.env;
const at = {
  databaseUrl: DATABASE_URL,
  adminUrl: DATABASE_ADMIN_URL,
  redisUrl: REDIS_URL,
  ...(ANDON_TARIFFS === undefined ? {} : { tariffs: ANDON_TARIFFS }),
};
const writer = await (process.argv[2] === 'andon' ? andonWriter(at) : plainWriter(at));

answerParent<WriterAsk>(
  async (ask) => {
    if (ask.do === 'prepare') return [...(await writer.prepare(ask.site, ask.count))];
    await atRate(ask.perSecond, ask.ms, (n) => writer.change(ask.orders[n % ask.orders.length] ?? '', ask.told));
    return [...writer.takeCommits()];
  },
  () => writer.close(),
);
