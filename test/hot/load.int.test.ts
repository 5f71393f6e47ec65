import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import type { LoadReply, LoadRequest } from '../../src/hot/items.ts';
import { run } from '../../src/hot/script.ts';
import { SCRIPTS } from '../../src/hot/scripts.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { withHot, withOwnHot } from './open-hot.ts';

const test = spec('load', withHot);

const request = (actor: string, token: string, commandIds: string[] = []): LoadRequest => ({
  type: 'actor',
  kind: 'order',
  actor,
  token,
  commandIds,
});

const leased = (reply: LoadReply | undefined): boolean => reply?.type === 'actor' && reply.lease;

test('of many that want one lease at once exactly one gets it', async ({ hot }) => {
  const actor = randomUUID();
  const replies = await Promise.all(Array.from({ length: 200 }, (_, i) => hot.load([request(actor, `t${i}`)])));
  assert.is(replies.filter(([reply]) => leased(reply)).length, 1);
});

test('whoever holds the lease holds it when asking again', async ({ hot, keys, look }) => {
  const actor = randomUUID();
  assert.ok(leased((await hot.load([request(actor, 'mine')]))[0]));
  assert.not(leased((await hot.load([request(actor, 'other')]))[0]));
  assert.ok(leased((await hot.load([request(actor, 'mine')]))[0]));
  const ttl = await look.pttl(keys.lease('order', actor));
  assert.ok(ttl > 0 && ttl <= 3_000);
});

test('processes that want one actor take turns: who asked first while it was held is next', async ({
  hot,
  keys,
  look,
}) => {
  const actor = randomUUID();
  const lease = keys.lease('order', actor);
  const ask = async (token: string) => leased((await hot.load([request(actor, token)]))[0]);
  const give = (token: string) => hot.finish([{ type: 'unlock', kind: 'order', actor, token }]);
  assert.ok(await ask('a'));
  assert.equal([await ask('b'), await ask('c'), await ask('b')], [false, false, false]);
  assert.ok(await ask('a'), 'who holds it goes on holding it');
  await give('b');
  assert.not(await ask('c'), 'only who holds it gives it back');
  // in one breath, for a place in line is kept for a moment only
  const [, ...asked] = await Promise.all([give('a'), ask('a'), ask('c'), ask('b')]);
  assert.equal(asked, [false, false, true]);
  assert.ok((await look.pttl(lease)) > 1_000, 'for as long as any lease');
  const [, next] = await Promise.all([give('b'), ask('a')]);
  assert.ok(next, 'a stood in line while it was kept for b');
});

test('a place in line is kept for a moment only', async ({ hot, keys, look }) => {
  const actor = randomUUID();
  const ask = async (token: string) => leased((await hot.load([request(actor, token)]))[0]);
  await ask('a');
  await ask('gone');
  await hot.finish([{ type: 'unlock', kind: 'order', actor, token: 'a' }]);
  const left = await look.pttl(keys.lease('order', actor));
  assert.ok(left <= 15, `${left} ms`);
  await until('it is free', async () => ask('b'), 1_000);
});

test('an actor that Redis does not know has no state', async ({ hot }) => {
  const [reply] = await hot.load([request(randomUUID(), 't', ['c1', 'c2'])]);
  assert.equal(reply, { type: 'actor', lease: true, refusals: [null, null] });
});

test('state and remembered refusals come with the lease, and without it', async ({ hot }) => {
  const actor = randomUUID();
  const known = { kind: 'order', actor };
  await hot.finish([
    { type: 'state', ...known, token: null, version: 7, commandId: 'c7', json: '[1,{}]', message: null },
    { type: 'refusal', ...known, commandId: 'no', record: '{"code":"x"}' },
  ]);
  const state = { version: 7, commandId: 'c7', json: '[1,{}]', quarantined: false };
  const refusals = [null, '{"code":"x"}'];
  const [first, second] = await hot.load([request(actor, 'a', ['yes', 'no']), request(actor, 'b', ['yes', 'no'])]);
  assert.equal(first, { type: 'actor', lease: true, state, refusals });
  assert.equal(second, { type: 'actor', lease: false, state, refusals });
});

test('facts ride along without lease: the state of another actor and the slots held for it', async ({
  hot,
  keys,
  look,
}) => {
  const [actor, holder] = [randomUUID(), randomUUID()];
  await hot.finish([
    {
      type: 'state',
      kind: 'operator',
      actor: holder,
      token: null,
      version: 1,
      commandId: 'c',
      json: '{}',
      message: null,
    },
    { type: 'held', kind: 'operator', holder, slot: 3, actor, held: true },
  ]);
  const [own, fact, unknown] = await hot.load([
    request(actor, 't'),
    { type: 'fact', kind: 'operator', actor: holder },
    { type: 'fact', kind: 'operator', actor: randomUUID() },
  ]);
  assert.ok(leased(own));
  const state = { version: 1, commandId: 'c', json: '{}', quarantined: false };
  assert.equal(fact, { type: 'fact', state, slots: [3] });
  assert.equal(unknown, { type: 'fact', slots: [] });
  assert.is(await look.exists(keys.lease('operator', holder)), 0);
});

test('what is asked in one tick goes out in calls of at most 64', async ({ hot, look }) => {
  const calls = async () => Number(/cmdstat_evalsha:calls=(\d+)/.exec(await look.info('commandstats'))?.[1] ?? 0);
  await hot.load([request(randomUUID(), 't')]);
  const before = await calls();
  await Promise.all(Array.from({ length: 130 }, () => hot.load([request(randomUUID(), 't')])));
  assert.ok((await calls()) - before >= 3);
});

test('a bad call takes no lease', async ({ redis, keys, look }) => {
  const lease = keys.lease('order', 'a');
  const good = ['A', lease, 't'];
  const calls: readonly (readonly (string | number)[])[] = [
    ['x', ...good],
    [0, ...good],
    [1, ...good, 'Z'],
    [1, ...good, 'F'],
    [1, ...good, 'A', lease],
  ];
  for (const argv of calls) {
    assert.is(await run(redis, SCRIPTS.lease, ['k'], argv).then(() => 'ok', codeOf), 'redis_refused');
  }
  assert.is(await look.exists(lease), 0);
});

test('scripts that Redis has forgotten are sent again', async ({ hot, look }) => {
  await look.script('FLUSH');
  assert.ok(leased((await hot.load([request(randomUUID(), 't')]))[0]));
  assert.equal(await hot.read([{ kind: 'order', actor: randomUUID() }]), [undefined]);
});

test('a script is called with as many keys as its header names', async ({ redis }) => {
  assert.is(await run(redis, SCRIPTS.lease, [], [1]).then(() => 'ok', codeOf), 'bad_script');
});

const late = spec('late load', withOwnHot(60));

late('a load that came too late leaves no lease behind', async ({ hot, keys, look, server }) => {
  const actor = randomUUID();
  await until('the script is known', async () => leased((await hot.load([request(randomUUID(), 't')]))[0]));
  server.pause();
  assert.is(await hot.load([request(actor, 't')]).then(() => 'ok', codeOf), 'redis_away');
  server.resume();
  await until(
    'the late load has run',
    async () => Number(/evalsha:calls=(\d+)/.exec(await look.info('commandstats'))?.[1]) > 2,
  );
  await until('its lease is given back', async () => (await look.exists(keys.lease('order', actor))) === 0, 1_000);
});
