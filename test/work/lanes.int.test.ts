import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BUYER, creation, signed } from '../runtime/works.ts';
import { type Deadlines, withDeadlines } from './with-deadlines.ts';

const SLOTS = 2;
const settings = { ANDON_JOB_SLOTS: String(SLOTS), ANDON_CANCEL_MS: '300' };
const test = spec('lanes of a worker', withDeadlines(settings), { deadlineMs: 30_000 });

async function submitted({ works }: Deadlines): Promise<string> {
  const created = creation();
  await works.must(works.send(created));
  await works.must(works.order(created.actor, BUYER, { type: 'submit' }));
  return created.actor;
}

/** How many price jobs of these orders are in this state. */
async function pricesIn({ works }: Deadlines, orders: readonly string[], state: string): Promise<number> {
  const { rowCount } = await works.sight.query(
    `SELECT FROM jobs WHERE kind = 'price' AND actor_id = ANY ($1) AND state = $2`,
    [orders, state],
  );
  return rowCount ?? 0;
}

test('prices that hang in every slot delay neither deadlines nor the end of a shift', async (at) => {
  const { works, work, captured, happened, timers } = at;
  const { promise: hanging, resolve: release } = Promise.withResolvers<undefined>();
  try {
    const [operator, other] = await works.crew(2);
    const [asked, idle] = [await captured(operator!), await captured(other!)];
    const orders = await Promise.all(Array.from({ length: SLOTS + 2 }, () => submitted(at)));
    work(works.nodes[0], () => hanging);
    await until('all slots hang', async () => (await pricesIn(at, orders, 'running')) === SLOTS);

    await works.must(works.order(asked, BUYER, { type: 'request-cancel', reason: 'changed-mind' }));
    await works.must(works.send(signed('operator', other!.id, other!, { type: 'end-shift' })));
    await happened(asked, 'cancel-escalated');
    await happened(idle, 'released');
    await until('the shift has ended', async () => (await timers(other!.id))[0]!.state === 'done');
    assert.equal([await pricesIn(at, orders, 'running'), await pricesIn(at, orders, 'due')], [SLOTS, 2]);
  } finally {
    release(undefined);
  }
});
