/**
 * One of several processes that work on the same orders: `node member.ts <contender>`. Told over IPC what to do, and
 * answers when it is done. Its settings come by the environment, as those of every process of the product do.
 */
import { answerParent } from './ask.ts';
import { openContender } from './contenders.ts';
import type { Ask } from './members.ts';

const [name = '', operators = ''] = process.argv.slice(2);
const { DATABASE_URL: databaseUrl = '', DATABASE_ADMIN_URL: adminUrl = '', REDIS_URL: redisUrl = '' } = process.env;
const contender = await openContender(name as never, { databaseUrl, adminUrl, redisUrl }, Number(operators));

async function race(order: string, who: readonly number[]): Promise<number[]> {
  const won = await Promise.all(who.map((operator) => contender.step('capture', order, operator)));
  return who.filter((_, i) => won[i]);
}

/** So many clients, each sending its next change when the last is answered. */
async function hot(order: string, clients: number, ms: number): Promise<number> {
  const until = performance.now() + ms;
  let accepted = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < until) {
        if (!(await contender.touch(order))) throw new Error(`${contender.name} refused a change`);
        accepted += 1;
      }
    }),
  );
  return accepted;
}

answerParent<Ask>(
  async (ask) =>
    ask.do === 'race'
      ? { winners: await race(ask.order, ask.operators) }
      : { accepted: await hot(ask.order, ask.clients, ask.ms) },
  () => contender.close(),
);
