import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { slotPrefix } from '../../actors/order/claims.ts';
import type { HotState } from '../../src/hot/items.ts';
import { readState, stateText } from '../../src/hot/state-text.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { Load } from './load.ts';
import { BUYER, person, SYSTEM, signed, type Works, withWorks } from './works.ts';

const test = spec('what stands in Redis is wrong', withWorks(), { deadlineMs: 40_000 });

const code = (answer: Answer): string => (answer.ok ? 'ok' : answer.code);
const stateKey = (actor: string): string => `andon:{order:${actor}}:head`;
const heldKey = (operator: string): string => `andon:{operator:${operator}}:held`;

const inRedis = async ({ redis }: Works, key: string): Promise<HotState | undefined> => readState(await redis.get(key));

/** Waits until the last row is applied: from then on nobody writes the state. */
async function copyOf(works: Works, actor: string): Promise<HotState> {
  const { version } = await works.stateOf(actor);
  await until('it is applied', async () => (await inRedis(works, stateKey(actor)))?.version === version);
  return (await inRedis(works, stateKey(actor)))!;
}

const put = (works: Works, actor: string, state: HotState): Promise<unknown> =>
  works.redis.set(stateKey(actor), stateText(state));

test('an older state: neither its refusals nor its acceptances are answered', async (works) => {
  const [anna, bert] = await works.crew(2);
  const [actor] = await works.orders(1);
  const free = await copyOf(works, actor!);
  await works.must(works.order(actor!, anna!, { type: 'capture', epoch: 0 }));
  const taken = await copyOf(works, actor!);

  await put(works, actor!, free);
  assert.is(code(await works.order(actor!, bert!, { type: 'capture', epoch: 0 })), 'already_captured');
  await put(works, actor!, free);
  assert.is(code(await works.order(actor!, anna!, { type: 'start', epoch: 1 })), 'ok');
  await works.must(works.order(actor!, anna!, { type: 'release', epoch: 1 }));
  await put(works, actor!, taken);
  assert.is(code(await works.order(actor!, anna!, { type: 'complete', epoch: 1 })), 'stale_epoch');
  await put(works, actor!, taken);
  assert.is(code(await works.order(actor!, bert!, { type: 'capture', epoch: 2 })), 'ok');
  await works.check();
});

test('a state of another history: the same version by another command', async (works) => {
  const [anna, bert] = await works.crew(2);
  const [actor] = await works.orders(1);
  await works.must(works.order(actor!, anna!, { type: 'capture', epoch: 0 }));
  const taken = await copyOf(works, actor!);
  const other = { ...taken, commandId: randomUUID(), json: taken.json.replaceAll(anna!.id, bert!.id) };

  await put(works, actor!, other);
  assert.is(code(await works.order(actor!, bert!, { type: 'start', epoch: 1 })), 'not_holder');
  await put(works, actor!, other);
  assert.is(code(await works.order(actor!, anna!, { type: 'start', epoch: 1 })), 'ok');
  await works.check();
});

test('a state that is ahead of the log', async (works) => {
  const [anna, bert] = await works.crew(2);
  const [actor] = await works.orders(1);
  const free = await copyOf(works, actor!);
  const ahead = { ...free, version: 99, commandId: randomUUID(), json: free.json.replace('"epoch":0', '"epoch":9') };

  await put(works, actor!, ahead);
  assert.is(code(await works.order(actor!, anna!, { type: 'capture', epoch: 0 })), 'ok');
  await put(works, actor!, ahead);
  assert.is(code(await works.order(actor!, bert!, { type: 'capture', epoch: 9 })), 'already_captured');
  await put(works, actor!, { ...ahead, quarantined: true });
  assert.is(code(await works.order(actor!, anna!, { type: 'start', epoch: 1 })), 'ok');
  await works.check();
});

test('a state of an order that was never created', async (works) => {
  const [anna] = await works.crew(1);
  const [actor] = await works.orders(1);
  const ghost = randomUUID();
  await put(works, ghost, await copyOf(works, actor!));
  assert.is(code(await works.order(ghost, anna!, { type: 'start', epoch: 0 })), 'not_found');
  await put(works, ghost, await copyOf(works, actor!));
  assert.is(code(await works.order(ghost, anna!, { type: 'capture', epoch: 0 })), 'not_found');
  await works.check();
});

test('a lease of a process that is gone', async (works) => {
  const [anna] = await works.crew(1);
  const [actor] = await works.orders(1);
  await works.redis.set(`andon:{order:${actor}}:lease`, 'gone', 'PX', 60_000);
  assert.is(code(await works.order(actor!, anna!, { type: 'capture', epoch: 0 })), 'ok');
  assert.is(code(await works.order(actor!, anna!, { type: 'capture', epoch: 0 })), 'already_captured');
  await works.check();
});

test('hints of what an operator holds are lost: the limit holds', async (works) => {
  const [anna] = await works.crew(1, 2);
  const orders = await works.orders(5);
  const answers: string[] = [];
  for (const actor of orders) {
    answers.push(code(await works.order(actor, anna!, { type: 'capture', epoch: 0 })));
    await works.redis.del(heldKey(anna!.id));
  }
  assert.equal(answers, ['ok', 'ok', 'wip_limit', 'wip_limit', 'wip_limit']);
  assert.is((await works.claims(slotPrefix(anna!.id))).size, 2);
  await works.check();
});

test('hints name what an operator does not hold: nobody is kept from work', async (works) => {
  const [anna] = await works.crew(1, 2);
  const orders = await works.orders(3);
  await works.redis.hset(heldKey(anna!.id), { 1: randomUUID(), 2: randomUUID() });
  const answers: string[] = [];
  for (const actor of orders) answers.push(code(await works.order(actor, anna!, { type: 'capture', epoch: 0 })));
  assert.equal(answers, ['ok', 'ok', 'wip_limit']);
  await works.check();
});

test('an operator who is on shift is off shift in Redis, or unknown to it', async (works) => {
  const [first, second] = await works.orders(2);
  const anna = person('operator');
  const key = `andon:{operator:${anna.id}}:head`;
  await works.must(works.send(signed('operator', anna.id, SYSTEM, { type: 'hire', site: 'north', limit: 5 })));
  await until('he is known', async () => (await inRedis(works, key))?.version === 1);
  const off = await works.redis.get(key);
  assert.is(code(await works.order(first!, anna, { type: 'capture', epoch: 0 })), 'off_shift');
  await works.must(works.send(signed('operator', anna.id, anna, { type: 'start-shift' })));
  await works.redis.set(key, off!);
  assert.is(code(await works.order(first!, anna, { type: 'capture', epoch: 0 })), 'ok');
  await works.redis.del(key);
  assert.is(code(await works.order(second!, anna, { type: 'capture', epoch: 0 })), 'ok');
  await works.check();
});

test('a quarantine that is over, or begun, and that Redis does not know of', async (works) => {
  const [anna] = await works.crew(1);
  const [actor] = await works.orders(1);
  await put(works, actor!, { ...(await copyOf(works, actor!)), quarantined: true });
  assert.is(code(await works.order(actor!, anna!, { type: 'capture', epoch: 7 })), 'stale_epoch');
  await works.sight.query(`INSERT INTO quarantine (kind, actor_id, why) VALUES ('order', $1, 'a test')`, [actor]);
  assert.is(code(await works.order(actor!, anna!, { type: 'capture', epoch: 8 })), 'quarantined');
  await works.check();
});

test('older states, ghosts and wrong hints under load', async (works) => {
  const [crew, orders] = await Promise.all([works.crew(6, 2), works.orders(12)]);
  const load = new Load(works, { crew, orders, clients: 30 });
  const copies = new Map<string, HotState>();
  for (let round = 0; round < 25; round++) {
    for (const actor of orders) {
      const older = copies.get(actor);
      const now = await inRedis(works, stateKey(actor));
      if (round % 5 === 4 && older) await put(works, actor, older);
      else if (round % 5 === 2 && now) await put(works, actor, { ...now, commandId: randomUUID() });
      else if (round % 5 === 1 && now) await put(works, actor, { ...now, version: 1_000_000 });
      else if (round % 5 === 3) await works.redis.set(stateKey(actor), 'no state at all');
      else if (now) copies.set(actor, now);
    }
    for (const { id } of crew)
      await (round % 2 ? works.redis.del(heldKey(id)) : works.redis.hset(heldKey(id), { 1: BUYER.id, 2: BUYER.id }));
    await load.more(40);
  }
  await load.stop();
  await works.check();
});
