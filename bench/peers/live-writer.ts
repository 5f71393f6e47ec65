/**
 * The plain peer writes each change by the guarded statement of peer pg-cte, and when that has committed emits it to the
 * room: as a node of a good team would for the command of a client.
 */
import pg from 'pg';
import { clock } from '../_kit/clock.ts';
import { operatorIds } from '../_kit/crew.ts';
import type { Commit } from '../_kit/live/commits.ts';
import type { LiveWriter } from '../_kit/live/writing.ts';
import type { Addresses } from '../_kit/stand.ts';
import { boardChangeOf, changeOf } from './live-card.ts';
import { boardRoom, liveNamespace, orderRoom } from './live-io.ts';
import { cteOn } from './pg-cte.ts';
import { addOrders, makeTables } from './prepare.ts';

export async function plainWriter({ adminUrl, redisUrl }: Addresses): Promise<LiveWriter> {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 32 });
  await makeTables(pool);
  const live = liveNamespace(redisUrl);
  const write = cteOn(pool);
  const [who] = operatorIds(1);
  const sites = new Map<string, string>();
  let commits: Commit[] = [];
  return {
    async prepare(site, count) {
      const orders = await addOrders(pool, count, 'DRAFT', site);
      for (const order of orders) sites.set(order, site);
      return orders;
    },
    async change(order, told) {
      const version = await write('touch', order, who);
      if (version === undefined) throw new Error('the peer refused a change');
      commits.push({ order, version, at: clock() });
      if (told === 'board') live.to(boardRoom(sites.get(order) ?? '')).emit('changed', boardChangeOf(order, version));
      else live.to(orderRoom(order)).emit('changed', changeOf(order, version));
    },
    takeCommits() {
      const taken = commits;
      commits = [];
      return taken;
    },
    close: () => pool.end(),
  };
}
