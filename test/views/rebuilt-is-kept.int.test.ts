import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { stays } from '../../actors/order/flow.ts';
import { order } from '../../actors/order/order.ts';
import type { OrderLogRow } from '../../actors/order/project.ts';
import type { Found } from '../../gateways/work/rebuild.ts';
import { codeOf } from '../../src/errors.ts';
import { applyItems } from '../../src/runtime/apply.ts';
import { FlowFeed } from '../../src/views/flow-feed.ts';
import { rebuildFlow } from '../../src/views/flow-rebuild.ts';
import { alone } from '../../src/views/rebuild-lock.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { anyStory } from '../actors/stories.ts';
import { type KeptHouse, rowsOf, same, withKeptHouse } from './kept-house.ts';

const test = spec('views made anew', withKeptHouse, { deadlineMs: 120_000, shared: true });

const TENANTS = ['house', 'ac000000-0000-4000-8000-000000000001', '61000000-0000-4000-8000-000000000001'];

const stories = fc.array(fc.record({ story: anyStory, tenant: fc.constantFrom(...TENANTS) }), {
  minLength: 2,
  maxLength: 5,
});
/** What becomes of what the turn of a row writes itself, and which keepers look after it. */
const fate = fc.record({
  turn: fc.constantFrom('applied', 'lost', 'late', 'twice'),
  feed: fc.constantFrom('none', 'none', 'none', 'none', 'one', 'two at once', 'anew'),
});

/** The rows of several stories in one log: each story in its order, all of them mixed. */
function mixed(all: readonly (readonly OrderLogRow[])[], picks: readonly number[]): OrderLogRow[] {
  const left = all.map((rows) => [...rows]);
  const log: OrderLogRow[] = [];
  for (let n = 0; left.some((rows) => rows.length > 0); n++) {
    const open = left.filter((rows) => rows.length > 0);
    const row = open[(picks[n % picks.length] ?? 0) % open.length]?.shift();
    if (row) log.push(row);
  }
  return log;
}

const faultsIn = (found: Found): string[] =>
  Object.keys(found).filter((view) => found[view]?.['different'] !== 0 || (found[view]['removed'] ?? 0) !== 0);

const apply = async ({ core }: KeptHouse, rows: readonly OrderLogRow[]): Promise<void> => {
  for (const row of rows) await core.hot.finish([...applyItems(order, row, null)]);
};

test('rebuilt is kept is what the log says, for every view, whatever was lost, late, doubled or out of order', async (house) => {
  const input = fc.tuple(
    stories,
    fc.array(fc.nat(100), { minLength: 20, maxLength: 20 }),
    fc.array(fate, { minLength: 15, maxLength: 15 }),
  );
  const run = async ([told, picks, fates]: typeof input extends fc.Arbitrary<infer T> ? T : never): Promise<void> => {
    const late: OrderLogRow[] = [];
    const log = mixed(
      told.map(({ story, tenant }) => rowsOf(story, tenant)),
      picks,
    );
    for (const [n, row] of log.entries()) {
      await house.append([row]);
      const { turn, feed } = fates[n % fates.length] ?? { turn: 'lost', feed: 'none' };
      if (turn === 'late') late.push(row);
      else if (turn !== 'lost') await apply(house, [row]);
      if (turn === 'twice') await apply(house, [row]);
      const { table, events, flow, boards } = house;
      const look = () => Promise.all([table.step(), events.step(), flow.step(), boards.step()]);
      if (feed === 'one') await look();
      if (feed === 'two at once') await Promise.all([look(), look(), new FlowFeed(house.views.flow).step()]);
      if (feed === 'anew') {
        // Nobody looks after the boards meanwhile: what their turns lost is wrong there, and nowhere else.
        const faults = faultsIn(await house.rebuild('all')).filter((view) => !view.startsWith('board '));
        assert.equal(faults, [], 'what was kept was right as far as it was read');
      }
    }
    await house.settle();
    await apply(house, late.reverse());
    await house.settle();
    await house.boards.tidy();
    const kept = await house.kept();
    same(kept, await house.folded(), 'kept');
    assert.equal(faultsIn(await house.rebuild('all')), [], 'nothing was wrong');
    same(await house.kept(), kept, 'anew');
  };
  await fc.assert(fc.asyncProperty(input, run), { numRuns: 4, endOnFailure: true });
});

test('whatever is wrong with a view, it is as the log says when it was made anew, and what was wrong is told', async (house) => {
  await house.append(
    mixed(
      fc
        .sample(stories, { numRuns: 1, seed: 7 })
        .flat()
        .map(({ story }) => rowsOf(story, TENANTS[1] ?? '')),
      [3, 1, 2],
    ),
  );
  await house.settle();
  const right = await house.folded();
  await house.see(
    `update orders set status = 'CLOSED', lane = null
      where id in (select id from orders where status <> 'CLOSED' order by id limit 2)`,
  );
  await house.see(
    `delete from orders where id in (select id from orders where status <> 'CLOSED' order by id desc limit 1)`,
  );
  await house.see(`delete from partner_events where seq in (select seq from partner_events order by seq limit 3)`);
  await house.see(
    `update partner_events set event = '{"type": "forged"}' where seq in (select max(seq) from partner_events)`,
  );
  await house.see(`insert into partner_events select 'nobody', era, xid, seq, n, event from partner_events limit 2`);
  await house.see(
    `insert into partner_events select tenant, era, xid, seq, n + 50, event from partner_events where tenant <> 'nobody' limit 1`,
  );
  await house.see(`update flow set stays = stays + 1 where step = 'SUBMITTED'`);
  await house.see(`delete from flow where step = 'PRICING'`);
  const north = house.core.keys.board('north');
  const [card] = (await house.views.boards.store.places('north'))?.places.filter(({ lane }) => lane !== '') ?? [];
  assert.ok(card, 'there is a card to be lost');
  await house.core.redis.call('HDEL', [`${north}place`, card.order]);
  const found = await house.rebuild('all');
  same(await house.kept(), right);
  assert.is(found['orders']?.['different'], 3);
  assert.ok((found['partner-events']?.['different'] ?? 0) >= 4);
  assert.is(found['partner-events']?.['removed'], 3);
  assert.ok((found['flow']?.['different'] ?? 0) >= 2);
  assert.equal([found['board north']?.['different'], found['board south']?.['different']], [1, 0]);
});

test('while the views are made anew they are served and kept, and afterwards they are what the log says', async (house) => {
  const log = mixed(
    fc
      .sample(stories, { numRuns: 2, seed: 11 })
      .flat()
      .map(({ story, tenant }) => rowsOf(story, tenant)),
    [1, 5, 2, 8],
  );
  const stop = new AbortController();
  const feeds = [house.table, house.events, house.flow, house.boards].map((feed) => feed.run(stop.signal));
  let [done, rebuilds, looked] = [false, 0, 0];
  const traffic = (async () => {
    for (const row of log) {
      await house.append([row]);
      if (row.version % 2 === 0) await apply(house, [row]);
    }
  })().finally(() => {
    done = true;
  });
  const settled = await house.see(`select id from orders order by created_at limit 20`);
  const served = (async () => {
    while (!done) {
      const still = await house.see('select id from orders where id = any ($1)', [settled.map((line) => line['id'])]);
      assert.is(still.length, settled.length, 'no order vanishes from the lists');
      const flow = await house.see(
        'select count(*)::int as n from flow where generation = (select generation from flow_kept)',
      );
      assert.ok(Number(flow[0]?.['n']) > 0, 'there are figures all the time');
      looked++;
    }
  })();
  while (!done) {
    await house.rebuild('all');
    rebuilds++;
  }
  await Promise.all([traffic, served]);
  stop.abort();
  await Promise.all(feeds);
  assert.ok(rebuilds >= 1 && looked >= 1);
  await house.settle();
  await house.boards.tidy();
  same(await house.kept(), await house.folded());
});

test('a rebuild that was killed leaves the figures as they are, and the next one is as good as any', async (house) => {
  await house.settle();
  const right = await house.folded();
  const stopped = new Error('killed');
  const killed = rebuildFlow({
    ...house.views.flow,
    progress: () => {
      throw stopped;
    },
  });
  assert.is(await killed.catch((error: unknown) => error), stopped);
  same(await house.kept(), right);
  await house.rebuild('flow');
  same(await house.kept(), right);
  const [left] = await house.see('select count(distinct generation)::int as n from flow');
  const [cursors] = await house.see(`select count(*)::int as n from cursors where name like 'flow:%'`);
  assert.equal([left?.['n'], cursors?.['n']], [1, 1], 'nothing is left of the killed one');
});

test('of two rebuilds of a view one is let in', async (house) => {
  await alone(house.core.pool, 'flow', async () => {
    assert.is(await house.rebuild('flow').then(() => 'let in', codeOf), 'rebuild_running');
    await house.rebuild('orders');
  });
  await house.rebuild('flow');
});

test('figures go on where a rebuild ends: rows that come later count once', async (house) => {
  await house.settle();
  await house.rebuild('flow');
  await house.append(
    fc
      .sample(stories, { numRuns: 1, seed: 3 })
      .flat()
      .flatMap(({ story }) => rowsOf(story, 'house')),
  );
  await house.settle();
  assert.equal((await house.kept()).flow, (await house.folded()).flow);
});

test('however many keepers run into each other, each stay counts once', async (house) => {
  await house.settle();
  const rows = fc
    .sample(stories, { numRuns: 1, seed: 9 })
    .flat()
    .flatMap(({ story }) => rowsOf(story, 'house'));
  for (const row of rows) {
    await house.append([row]);
    await Promise.all(
      [house.flow, new FlowFeed(house.views.flow), new FlowFeed(house.views.flow)].map((feed) => feed.step()),
    );
  }
  await house.settle();
  assert.equal((await house.kept()).flow, (await house.folded()).flow);
});

/** The last one: what it breaks in the log stays broken. */
test('a row of an older shape is counted, one that can’t be read is told of and left out; both ways the feed goes on', async (house) => {
  await house.settle();
  const before = await house.folded();
  const reports: unknown[] = [];
  const report = (_: string, details: object) => void reports.push(details);
  const feed = new FlowFeed({ ...house.views.flow, report });
  const told = fc.sample(stories, { numRuns: 1, seed: 5 }).flat();
  const old = told.flatMap(({ story }) => rowsOf(story, 'house')).map((row) => ({ ...row, stateVersion: 0 }));
  await house.append(old);
  const [broken] = old.filter(
    ({ after, was }) => (was as { status?: string } | null)?.status === 'SUBMITTED' && after.status !== 'SUBMITTED',
  );
  assert.ok(broken, 'a row that ends a stay');
  await house.see(
    `update actor_log set was = (was::jsonb || '{"statusSince": "never"}')::json where actor_id = $1 and version = $2`,
    [broken.actor, broken.version],
  );
  await until('the feed has read it all', async () => {
    await feed.step();
    const [line] = await house.see(`select c.seq = (select max(l.seq) from actor_log l) as done from cursors c
      where c.name = 'flow:' || (select generation from flow_kept)`);
    return line?.['done'] === true;
  });
  assert.equal(
    reports.map((one) => (one as { version: number }).version),
    [broken.version],
  );
  const count = (pictures: { flow: unknown }): number =>
    (pictures.flow as string[]).reduce((sum, line) => sum + Number(JSON.parse(line).stays), 0);
  const ended = old.filter((row) => row !== broken).flatMap((row) => stays(row));
  assert.is(count(await house.kept()), count(before) + ended.length);
});
