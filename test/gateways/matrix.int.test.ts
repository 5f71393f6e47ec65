/** Every command, sent by everybody, about own and foreign things, over every edge: from the command tables. */
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import {
  CALLERS,
  CELLS,
  type Cell,
  COMMANDS,
  expected,
  isOffered,
  nameOf,
  type Outcome,
  RELATIONS,
  SHAPES,
  TRANSPORTS,
} from './matrix-cells.ts';
import { ask, openWorld, type World } from './matrix-world.ts';
import { type Live, withLive } from './open-live.ts';

const QUOTA = { ANDON_PARTNER_REQUESTS_PER_SECOND: '10000', ANDON_PARTNER_ORDERS_PER_MINUTE: '10000' };
const test = spec<Live>('who may send what, over every transport', withLive({ env: QUOTA }), { deadlineMs: 90_000 });
const AT_ONCE = 24;

/** Told otherwise than the table says. Every cell that was asked is put into `told`. */
async function wrongly(cells: readonly Cell[], world: World, told: Map<string, Outcome>): Promise<string[]> {
  const wrong: string[] = [];
  const left = [...cells];
  const one = async (): Promise<void> => {
    for (let cell = left.pop(); cell !== undefined; cell = left.pop()) {
      const outcome = await ask(cell, world);
      told.set(nameOf(cell), outcome);
      if (outcome !== expected(cell)) wrong.push(`${nameOf(cell)}: ${outcome} instead of ${expected(cell)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return wrong;
}

/** Everything that a command could leave behind. */
async function everything({ core }: Live): Promise<string> {
  const { rows } = await core.pool.query(
    `SELECT (SELECT json_agg(l ORDER BY l) FROM (SELECT kind, actor_id, max(version) FROM actor_log GROUP BY 1, 2) l) AS heads,
            (SELECT json_agg(j.id ORDER BY j.id) FROM jobs j) AS jobs,
            (SELECT json_agg(c ORDER BY c) FROM (SELECT name, actor_id FROM claims) c) AS claims,
            (SELECT count(*) FROM notes) AS notes, (SELECT count(*) FROM people) AS people`,
  );
  return JSON.stringify(rows[0]);
}

test('each of all combinations is answered as the table says, alike over REST and sockets, and a no changes nothing', async (live) => {
  const world = await openWorld(live);
  const told = new Map<string, Outcome>();
  const before = await everything(live);
  const refused = CELLS.filter((cell) => expected(cell) !== 'judged');
  assert.equal(await wrongly(refused, world, told), []);
  assert.is(await everything(live), before, 'a refused command left something behind');
  const judged = CELLS.filter((cell) => expected(cell) === 'judged');
  assert.equal(await wrongly(judged, world, told), []);

  const all = COMMANDS.length * CALLERS.length * RELATIONS.length * TRANSPORTS.length * SHAPES.length;
  assert.is(told.size, all, 'every combination was asked');
  const outcomes = new Set(told.values());
  for (const outcome of [
    'unauthenticated',
    'forbidden',
    'not_found',
    'unknown command',
    'misfit',
    'wrong_site',
    'judged',
  ])
    assert.ok(outcomes.has(outcome as Outcome), outcome);

  const inside = CELLS.filter(({ caller }) => !['guest', 'buyer', 'partner'].includes(caller));
  for (const cell of inside.filter((one) => isOffered(one, 'rest') && isOffered(one, 'socket'))) {
    const [rest, socket] = (['rest', 'socket'] as const).map((transport) => told.get(nameOf({ ...cell, transport })));
    assert.is(rest, socket, nameOf(cell));
  }
});

test('the shop’s sockets take no commands, whoever is at the other end', async (live) => {
  const [buyer, operator] = [await live.as('buyer'), await live.as('operator', { site: 'north' })];
  const order = await live.orderOf(buyer, 'MANUFACTURING_APPROVED');
  for (const who of [{}, buyer, operator]) {
    const { ask: say } = await live.connect('/storefront', who);
    const told = await say('command', { order: order.id, type: 'capture', epoch: 0 });
    assert.equal([told.ok, told.code], [false, 'invalid']);
  }
  assert.is((await buyer.get(`/api/orders/${order.id}`)).body.version, order.version);
});
