import { randomUUID } from 'node:crypto';
import { Redis as Client } from 'ioredis';
import * as assert from 'uvu/assert';
import { codeOf } from '../../src/errors.ts';
import type { FinishItem } from '../../src/hot/items.ts';
import { run } from '../../src/hot/script.ts';
import { SCRIPTS } from '../../src/hot/scripts.ts';
import { stateText } from '../../src/hot/state-text.ts';
import { lendRedis } from '../_kit/redis.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { withHot } from './open-hot.ts';

const test = spec('finish', withHot);

type StateItem = Extract<FinishItem, { type: 'state' }>;

const state = (actor: string, version: number, more: Partial<StateItem> = {}): StateItem => ({
  type: 'state',
  kind: 'order',
  actor,
  token: null,
  version,
  commandId: `c${version}`,
  json: JSON.stringify({ version }),
  message: null,
  ...more,
});

const key = (actor: string) => ({ kind: 'order', actor });

test('a newer state wins, an equal or older one changes nothing', async ({ hot }) => {
  const actor = randomUUID();
  assert.equal(await hot.finish([state(actor, 2)]), ['new']);
  assert.equal(await hot.finish([state(actor, 2, { json: '"other"' }), state(actor, 1)]), ['old', 'old']);
  assert.equal(await hot.read([key(actor)]), [
    { version: 2, commandId: 'c2', json: '{"version":2}', quarantined: false },
  ]);
  assert.equal(await hot.finish([state(actor, 10)]), ['new']);
  assert.is((await hot.read([key(actor)]))[0]?.version, 10);
});

test('a state lives for its time, and every new one prolongs it', async ({ hot, keys, look }) => {
  const actor = randomUUID();
  await hot.finish([state(actor, 1)]);
  assert.ok((await look.pttl(keys.state('order', actor))) > 50_000);
  await look.pexpire(keys.state('order', actor), 1_000);
  await hot.finish([state(actor, 2)]);
  assert.ok((await look.pttl(keys.state('order', actor))) > 50_000);
});

test('the lease is given back by its token, also with an old state', async ({ hot, keys, look }) => {
  const actor = randomUUID();
  const lease = keys.lease('order', actor);
  await hot.load([{ type: 'actor', ...key(actor), token: 'mine', commandIds: [] }]);
  await hot.finish([state(actor, 1, { token: 'other' })]);
  assert.is(await look.get(lease), 'mine');
  assert.equal(await hot.finish([state(actor, 1, { token: 'mine' })]), ['old']);
  assert.is(await look.get(lease), null);
  await hot.load([{ type: 'actor', ...key(actor), token: 'mine', commandIds: [] }]);
  assert.equal(await hot.finish([{ type: 'unlock', ...key(actor), token: 'other' }]), ['ok']);
  assert.is(await look.get(lease), 'mine');
  assert.ok((await look.pttl(lease)) > 0, 'and it still runs out by itself');
  assert.equal(await hot.finish([{ type: 'unlock', ...key(actor), token: 'mine' }]), ['ok']);
  assert.is(await look.get(lease), null);
});

test('a new state is told once on its channel, an old one never', async ({ hot, keys }) => {
  const lent = await lendRedis();
  const subscriber = new Client(lent.url);
  try {
    const actor = randomUUID();
    const heard: string[] = [];
    subscriber.on('smessage', (_channel, message) => heard.push(message));
    await subscriber.ssubscribe(keys.live('order', actor));
    await hot.finish([state(actor, 2, { message: ['<two ', '>'] })]);
    await hot.finish([state(actor, 1, { message: ['<one ', '>'] })]);
    await hot.finish([state(actor, 3)]);
    await hot.finish([
      state(actor, 4, { message: ['<four ', '>'], json: '"a|b"' }),
      state(randomUUID(), 1, { message: ['unheard ', ''] }),
    ]);
    await until('the last message is heard', () => heard.length === 2);
    assert.equal(heard, ['<two {"version":2}>', '<four "a|b">']);
  } finally {
    subscriber.disconnect();
  }
});

test('a state that a reader put there before its turn came is told all the same', async ({ hot, keys }) => {
  const lent = await lendRedis();
  const subscriber = new Client(lent.url);
  try {
    const actor = randomUUID();
    const heard: string[] = [];
    subscriber.on('smessage', (_channel, message) => heard.push(message));
    await subscriber.ssubscribe(keys.live('order', actor));
    await hot.finish([state(actor, 1)]);
    assert.equal(await hot.finish([state(actor, 1, { message: ['one ', '!'] })]), ['old']);
    await until('it is heard', () => heard.length > 0);
    assert.equal(heard, ['one {"version":1}!']);
  } finally {
    subscriber.disconnect();
  }
});

test('a state is forgotten only at the version that was found wrong', async ({ hot }) => {
  const actor = randomUUID();
  await hot.finish([state(actor, 3)]);
  assert.equal(await hot.finish([{ type: 'forget', ...key(actor), version: 2 }]), ['ok']);
  assert.is((await hot.read([key(actor)]))[0]?.version, 3);
  assert.equal(await hot.finish([{ type: 'forget', ...key(actor), version: 3 }]), ['ok']);
  assert.equal(await hot.read([key(actor)]), [undefined]);
  assert.equal(await hot.finish([{ type: 'forget', ...key(actor), version: 3 }]), ['ok']);
});

test('a hint goes only if the slot still names the actor', async ({ hot }) => {
  const holder = randomUUID();
  const slots = async () => {
    const [reply] = await hot.load([{ type: 'fact', kind: 'operator', actor: holder }]);
    return reply?.type === 'fact' ? [...reply.slots].sort() : [];
  };
  const held = (slot: number, actor: string, is: boolean): FinishItem => ({
    type: 'held',
    kind: 'operator',
    holder,
    slot,
    actor,
    held: is,
  });
  assert.equal(await hot.finish([held(1, 'a', true), held(2, 'b', true)]), ['ok', 'ok']);
  assert.equal(await slots(), [1, 2]);
  await hot.finish([held(1, 'c', true), held(1, 'a', false)]);
  assert.equal(await slots(), [1, 2]);
  await hot.finish([held(1, 'c', false), held(1, 'c', false)]);
  assert.equal(await slots(), [2]);
});

test('the first refusal of a command id is the one remembered, for a while', async ({ hot, keys, look }) => {
  const actor = randomUUID();
  const refusal = (record: string): FinishItem => ({ type: 'refusal', ...key(actor), commandId: 'c', record });
  assert.equal(await hot.finish([refusal('first'), refusal('second')]), ['first', 'first']);
  assert.equal(await hot.finish([refusal('third')]), ['first']);
  const ttl = await look.pttl(keys.refused('order', actor, 'c'));
  assert.ok(ttl > 40_000 && ttl <= 50_000);
});

test('quarantine marks the state that is there, and outlives a newer one until it is lifted', async ({
  hot,
  look,
  keys,
}) => {
  const actor = randomUUID();
  const mark = (quarantined: boolean): FinishItem => ({ type: 'quarantine', ...key(actor), quarantined });
  assert.equal(await hot.finish([mark(true)]), ['ok']);
  assert.is(await look.exists(keys.state('order', actor)), 0);
  await hot.finish([state(actor, 1), mark(true), state(actor, 2)]);
  assert.is((await hot.read([key(actor)]))[0]?.quarantined, true);
  await hot.finish([mark(false)]);
  assert.is((await hot.read([key(actor)]))[0]?.quarantined, false);
  await hot.finish([state(actor, 3, { quarantined: true })]);
  assert.is((await hot.read([key(actor)]))[0]?.quarantined, true);
});

test('items of one call are answered in order, whatever their kinds', async ({ hot, keys, look }) => {
  const actor = randomUUID();
  await look.hset(keys.boardMeta('north'), 'epoch', 'e');
  const place: FinishItem = {
    type: 'place',
    board: 'north',
    actor,
    version: 1,
    lane: 'new',
    recent: 'r',
    urgent: 'u',
    card: '{}',
  };
  const replies = await hot.finish([
    state(actor, 1),
    place,
    { type: 'refusal', ...key(actor), commandId: 'c', record: 'record' },
    { ...place, board: 'south' },
    state(actor, 1),
    place,
  ]);
  assert.equal(replies, ['new', 'new', 'record', 'cold', 'old', 'old']);
});

test('hundreds of big items of one tick are all taken, each answered to its own caller', async ({ hot }) => {
  const actors = Array.from({ length: 300 }, () => randomUUID());
  const json = JSON.stringify('x'.repeat(20_000));
  const replies = await Promise.all(actors.map((actor) => hot.finish([state(actor, 1, { json })])));
  assert.ok(replies.every(([reply]) => reply === 'new'));
  const states = await hot.read(actors.map(key));
  assert.ok(states.every((found) => found?.json === json));
});

test('an item that Redis would refuse fails its own caller only', async ({ hot }) => {
  const actor = randomUUID();
  const good = hot.finish([state(actor, 1)]);
  const wrong = await hot.finish([state(actor, Number.NaN)]).then(() => 'ok', codeOf);
  assert.is(wrong, 'bad_item');
  assert.equal(await good, ['new']);
});

test('a notice is told to whom it is for and to nobody else, as often as it is handed over', async ({ hot, keys }) => {
  const lent = await lendRedis();
  const subscriber = new Client(lent.url);
  try {
    const [olga, otto, crm] = [{ person: randomUUID() }, { person: randomUUID() }, { role: 'crm', site: randomUUID() }];
    const heard: string[] = [];
    subscriber.on('smessage', (channel, message) => heard.push(`${channel} ${message}`));
    for (const to of [olga, otto, crm]) await subscriber.ssubscribe(keys.you(to));
    const notice = (to: typeof olga | typeof crm, message: string): FinishItem => ({ type: 'notice', to, message });
    assert.equal(await hot.finish([notice(olga, 'one'), state(randomUUID(), 1), notice(crm, 'two')]), [
      'ok',
      'new',
      'ok',
    ]);
    assert.equal(await hot.finish([notice(olga, 'one'), notice({ person: randomUUID() }, 'unheard')]), ['ok', 'ok']);
    await hot.finish([notice(olga, 'last')]);
    await until('the last notice is heard', () => heard.some((line) => line.endsWith('last')));
    const [toOlga, toCrm] = [keys.you(olga), keys.you(crm)];
    assert.equal(heard, [`${toOlga} one`, `${toCrm} two`, `${toOlga} one`, `${toOlga} last`]);
  } finally {
    subscriber.disconnect();
    await lent.close();
  }
});

test('an empty notice is refused before it meets the items of others', async ({ hot }) => {
  const good = hot.finish([state(randomUUID(), 1)]);
  const bad = hot.finish([{ type: 'notice', to: { person: 'p' }, message: '' }]);
  assert.is(await bad.then(() => 'ok', codeOf), 'bad_item');
  assert.equal(await good, ['new']);
});

test('a bad call writes nothing', async ({ redis, keys, look }) => {
  const [actor, key] = [keys.actor('order', 'a'), keys.state('order', 'a')];
  const text = stateText({ version: 1, commandId: 'c', json: '{}', quarantined: false });
  const good = ['S', actor, text, '', '', ''];
  const times = [1, 1];
  const calls: readonly (readonly (string | number)[])[] = [
    ['x', 1, ...good],
    [1, 'x', ...good],
    [1, 0, ...good],
    [...times, ...good, 'Z'],
    [...times, ...good, 'U', 'lease'],
    [...times, ...good, 'S', actor, 'seven-seven0c|{}', '', '', ''],
    [...times, ...good, 'S', actor, '00000000010c{}', '', '', ''],
    [...times, ...good, 'F', actor, 'seven'],
    [...times, ...good, 'N', 'channel', ''],
    [...times, ...good, 'N', '', 'message'],
    [...times, ...good, 'N', 'channel'],
  ];
  for (const argv of calls) {
    assert.is(await run(redis, SCRIPTS.finish, ['k'], argv).then(() => 'ok', codeOf), 'redis_refused');
  }
  assert.is(await look.exists(key), 0);
  assert.equal(await run(redis, SCRIPTS.finish, ['k'], [...times, ...good]), ['new']);
});
