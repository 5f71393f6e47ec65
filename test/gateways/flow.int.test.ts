import { Compile } from 'typebox/compile';
import * as assert from 'uvu/assert';
import type { Snapshot } from '../../gateways/contract/board.ts';
import { readFlow, type SiteFlow } from '../../gateways/contract/flow.ts';
import { Counters } from '../../src/telemetry/counters.ts';
import { flowMetrics } from '../../src/views/flow-metrics.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BoardClient, boardCaughtUp, type Live, withLive } from './open-live.ts';

/** Until somebody made an order nothing is known: the first test comes before the others. */
const test = spec<Live>('how orders flow', withLive(), { deadlineMs: 40_000, shared: true });

const isAnswer = Compile(readFlow.answer);

async function flowOf(who: Api, query = ''): Promise<SiteFlow[]> {
  const { status, body } = await who.get(`/api/flow${query}`);
  assert.is(status, 200, JSON.stringify(body));
  assert.ok(isAnswer.Check(body), JSON.stringify(isAnswer.Errors(body)));
  return body.items;
}

async function opened(live: Live, who: Api): Promise<Snapshot> {
  const board = new BoardClient(await live.connect('/mes', who));
  await board.open();
  assert.is(board.answer?.mode, 'snapshot');
  return board.answer as Snapshot;
}

test('before any order has moved on there are no figures, and a board opens without usual times', async (live) => {
  live.keep();
  await boardCaughtUp(live);
  const engineer = await live.as('engineer');
  const flow = await flowOf(engineer);
  assert.equal(
    flow.map(({ site, statuses, days }) => [site, statuses, days]),
    [
      ['north', {}, 14],
      ['south', {}, 14],
    ],
  );
  const operator = await live.as('operator', { site: 'south' });
  const board = new BoardClient(await live.connect('/mes', operator), 'south');
  await board.open();
  assert.equal((board.answer as Snapshot).usual, {});
});

test('what orders took is told per status and for the whole way, to the board as what is usual', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const engineer = await live.as('engineer');
  const { id } = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  await operator.order(id, 'capture', { epoch: 0 });
  await operator.order(id, 'hold', { reason: 'quality' });
  await operator.order(id, 'resume');
  const started = (await operator.order(id, 'start', { epoch: 1 })).body;
  assert.is(started.status, 'MANUFACTURING_STARTED');
  let north: SiteFlow | undefined;
  await until('the start is in the figures', async () => {
    [north] = await flowOf(engineer, '?site=north');
    return north?.submittedToStarted !== undefined;
  });
  assert.ok(north);
  const counts = Object.fromEntries(Object.entries(north.statuses).map(([status, { count }]) => [status, count]));
  assert.equal(counts, { INITIATED: 2, SUBMITTED: 2, PRICE_CALCULATED: 2, MANUFACTURING_APPROVED: 1 });
  assert.equal([north.onHold?.count, north.submittedToStarted?.count], [1, 1]);
  const story = (await engineer.get(`/api/orders/${id}/timeline`)).body;
  const approved = story.totals.MANUFACTURING_APPROVED;
  assert.equal(north.statuses['MANUFACTURING_APPROVED'], { count: 1, mean: approved, median: approved, p95: approved });
  const first = story.items.find(({ to }: { to?: string }) => to === 'SUBMITTED');
  const last = story.items.find(({ to }: { to?: string }) => to === 'MANUFACTURING_STARTED');
  assert.is(north.submittedToStarted?.median, Date.parse(last.at) - Date.parse(first.at));
  assert.equal((await flowOf(engineer, '?site=south'))[0]?.statuses, {});

  let usual: Snapshot['usual'] = {};
  await until('the board tells it', async () => {
    usual = (await opened(live, operator)).usual;
    return usual['MANUFACTURING_APPROVED'] !== undefined;
  });
  assert.equal(Object.keys(usual).toSorted(), Object.keys(counts).toSorted());
  assert.equal(usual['MANUFACTURING_APPROVED'], { median: approved, p95: approved });

  const counters = new Counters();
  await flowMetrics({ sites: () => ['north', 'south'], flow: live.flow }, counters)();
  const text = counters.text();
  assert.match(
    text,
    `andon_flow_seconds{site="north",status="MANUFACTURING_APPROVED",quantile="0.95"} ${approved / 1_000}`,
  );
  assert.match(text, 'andon_flow_stays{site="north",status="SUBMITTED_TO_STARTED"} 1');
  assert.not.match(text, id);
});

test('the figures are for those who look after the house, each where it works', async (live) => {
  const boss = await live.as('supervisor', { site: 'south' });
  assert.equal(
    (await flowOf(boss)).map(({ site }) => site),
    ['south'],
  );
  assert.is((await boss.get('/api/flow?site=north')).status, 403);
  const crm = await live.as('crm');
  assert.equal(
    (await flowOf(crm)).map(({ site }) => site),
    ['north', 'south'],
  );
  assert.is((await crm.get('/api/flow?site=nowhere')).status, 404);
  assert.is((await crm.get('/api/flow?sites=north')).status, 422);
  for (const role of ['buyer', 'operator', 'packer']) {
    const who = await live.as(role, { site: 'north' });
    assert.is((await who.get('/api/flow')).status, 403, role);
  }
});
