import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { User } from '../../gateways/contract/users.ts';
import { AndonError } from '../../src/errors.ts';
import { Api, type Reply, signIn } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { type Live, withLive } from './open-live.ts';

const test = spec<Live>('accounts over REST', withLive(), { deadlineMs: 30_000 });

const told = ({ status, body }: Reply): unknown[] => [status, body.code];
const faults = ({ body }: Reply): string[] =>
  (body.errors ?? []).map(({ path, rule }: { path: string; rule: string }) => `${path}: ${rule}`);
const someone = (role: string, more: object = {}): { login: string; name: string; roles: string[] } => ({
  login: `${role}-${randomUUID().slice(0, 8)}`,
  name: `New ${role}`,
  roles: [role],
  ...more,
});
const add = (who: Api, user: object, key: string = randomUUID()): Promise<Reply> =>
  who.post('/api/users', user, { key });
const listed = async (who: Api, query = ''): Promise<User[]> => (await who.get(`/api/users${query}`)).body.items;

test('a supervisor adds an operator of the site, who signs in, works, and is out as soon as it is disabled', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  const asked = someone('operator');
  const { status, body } = await add(boss, asked);
  assert.is(status, 201);
  const { user, password } = body;
  assert.equal([user.site, user.roles, user.disabledAt], ['north', ['operator'], null], 'the site is the supervisor’s');
  const operator = await signIn(live.url, { login: asked.login, password });
  assert.is((await operator.post('/api/operators/me/start-shift')).status, 200);
  assert.is((await operator.get('/api/boards/north?lane=new')).status, 200);
  const { socket } = await live.connect('/mes', operator);
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));

  const { body: out } = await boss.post(`/api/users/${user.id}/disable`);
  assert.is(out.sessions, 1);
  assert.ok(out.user.disabledAt);
  assert.equal(told(await operator.get('/api/boards/north?lane=new')), [401, 'unauthenticated']);
  await gone;
  const again = () => new Api(live.url).post('/api/session', { login: asked.login, password });
  assert.is((await again()).status, 401);
  assert.equal((await boss.post(`/api/users/${user.id}/disable`)).body.user, out.user, 'twice is as once');
  assert.is((await boss.post(`/api/users/${user.id}/enable`)).body.user.disabledAt, null);
  assert.is((await again()).status, 200);
  assert.equal(
    live.audits.map(({ what, by, user: whom }) => [what, by, whom]),
    ['user_added', 'user_disabled', 'user_disabled', 'user_enabled'].map((what) => [what, boss.id, user.id]),
  );
  assert.not.match(JSON.stringify(live.audits), new RegExp(`${password}|${asked.login}|New operator`));
});

test('a new password ends the sessions; the old one is worth nothing', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  const asked = someone('packer');
  const { user, password } = (await add(boss, asked)).body;
  const packer = await signIn(live.url, { login: asked.login, password });
  const key = randomUUID();
  const set = () => boss.post(`/api/users/${user.id}/set-password`, {}, { key });
  const first = await set();
  assert.equal([first.status, first.headers.get('idempotent-replay')], [200, null]);
  assert.is((await packer.get('/api/orders')).status, 401);
  assert.is((await new Api(live.url).post('/api/session', { login: asked.login, password })).status, 401);
  const second = await set();
  assert.equal([second.body.password, second.headers.get('idempotent-replay')], [first.body.password, 'true']);
  await signIn(live.url, { login: asked.login, password: first.body.password });
});

const passwordOf = async (reply: Promise<Reply>): Promise<string> => (await reply).body.password;

test('a repeat that comes late brings no old password back: it is refused and tells none', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  const [asked, ...keys] = [someone('packer'), randomUUID(), randomUUID(), randomUUID()] as const;
  const { user } = (await add(boss, asked, keys[0])).body;
  const set = (key?: string) => boss.post(`/api/users/${user.id}/set-password`, {}, key === undefined ? {} : { key });
  const signsIn = async (password: string): Promise<boolean> =>
    (await new Api(live.url).post('/api/session', { login: asked.login, password })).status === 200;
  const first = await passwordOf(set(keys[1]));
  const second = await passwordOf(set(keys[2]));
  for (const late of [await set(keys[1]), await add(boss, asked, keys[0])]) {
    assert.equal(told(late), [422, 'idempotency_key_reused']);
    assert.is(late.body.password, undefined);
  }
  assert.equal([await signsIn(first), await signsIn(second)], [false, true]);
  assert.is(await passwordOf(set(keys[2])), second, 'the newest is told again');
  const third = await passwordOf(set());
  assert.equal(told(await set(keys[2])), [422, 'idempotency_key_reused']);
  assert.is(await signsIn(third), true);
  assert.equal(
    live.audits.map(({ what }) => what),
    ['user_added', 'password_set', 'password_set', 'password_set'],
  );
});

test('of many requests under one key exactly one is the first: they tell one password', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  const { user } = (await add(boss, someone('packer'))).body;
  const key = randomUUID();
  const all = await Promise.all(
    Array.from({ length: 6 }, () => boss.post(`/api/users/${user.id}/set-password`, {}, { key })),
  );
  assert.is(all.filter(({ headers }) => headers.get('idempotent-replay') === null).length, 1);
  assert.is(new Set(all.map(({ body }) => body.password)).size, 1);
  await signIn(live.url, { login: user.login, password: all[0]!.body.password });
  assert.is(live.audits.filter(({ what }) => what === 'password_set').length, 1);
});

test('what was changed is in the log though the rest of it failed, once; the repeat does the rest', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  const { runtime, identity, audits } = live;
  const whats = (): unknown[] => audits.map(({ what }) => what);
  const away = (): Promise<never> => Promise.reject(new AndonError('unavailable', 'away'));
  const [asked, key] = [someone('operator'), randomUUID()];

  const send = runtime.send;
  runtime.send = away;
  assert.is((await add(boss, asked, key)).status, 503);
  assert.equal(whats(), ['user_added']);
  runtime.send = send;
  const { status, body, headers } = await add(boss, asked, key);
  assert.equal([status, headers.get('idempotent-replay')], [201, 'true']);
  const operator = await signIn(live.url, { login: asked.login, password: body.password });
  assert.is((await operator.post('/api/operators/me/start-shift')).status, 200);

  const { revokeAllOf } = identity.sessions;
  const path = `/api/users/${body.user.id}`;
  identity.sessions.revokeAllOf = away;
  assert.is((await boss.post(`${path}/set-password`, {}, { key })).status, 503);
  assert.is((await boss.post(`${path}/disable`)).status, 503);
  assert.equal(whats(), ['user_added', 'password_set', 'user_disabled']);
  identity.sessions.revokeAllOf = revokeAllOf;
  assert.is((await boss.post(`${path}/set-password`, {}, { key })).status, 200);
  assert.equal(whats(), ['user_added', 'password_set', 'user_disabled']);
  assert.is((await operator.get('/api/boards/north?lane=new')).status, 401);
});

test('an account is made under a key alone, so that its password is never told to nobody', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  assert.equal(told(await boss.post('/api/users', someone('packer'))), [428, 'idempotency_key_required']);
  assert.equal(await listed(boss), []);
});

test('a repeat under the same key tells the same account and password, another request under it is refused', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  const [asked, key] = [someone('operator'), randomUUID()];
  const both = await Promise.all([add(boss, asked, key), add(boss, asked, key)]);
  assert.equal(both[0]!.body, both[1]!.body);
  assert.equal(both.map(({ headers }) => headers.get('idempotent-replay')).sort(), [null, 'true'].sort());
  assert.equal(told(await add(boss, { ...asked, name: 'Other' }, key)), [422, 'idempotency_key_reused']);
  assert.equal(told(await add(boss, asked)), [409, 'login_taken']);
  assert.equal(told(await add(boss, { ...asked, login: asked.login.toUpperCase() })), [409, 'login_taken']);
  const other = await live.as('supervisor', { site: 'north' });
  assert.equal(told(await add(other, asked, key)), [409, 'login_taken'], 'keys are one’s own');
  await signIn(live.url, { login: asked.login, password: both[0]!.body.password });
});

test('each looks after those below, at its own site: others are not there, not even oneself', async (live) => {
  const [boss, all, engineer, south] = [
    await live.as('supervisor', { site: 'north' }),
    await live.as('supervisor'),
    await live.as('engineer'),
    await live.as('supervisor', { site: 'south' }),
  ];
  const [operator, elsewhere, crm, buyer] = [
    await live.as('operator', { site: 'north' }),
    await live.as('packer', { site: 'south' }),
    await live.as('crm'),
    await live.as('buyer'),
  ];
  const reach = async (who: Api, whom: Api): Promise<number[]> =>
    Promise.all(
      ['enable', 'set-password'].map(async (what) => (await who.post(`/api/users/${whom.id}/${what}`)).status),
    );
  for (const whom of [boss, all, engineer, elsewhere, crm, buyer])
    assert.equal(await reach(boss, whom), [404, 404], whom.name);
  assert.equal(await reach(all, engineer), [404, 404]);
  assert.equal(await reach(engineer, engineer), [404, 404]);
  assert.equal(await reach(engineer, buyer), [404, 404]);
  assert.equal(told(await boss.post(`/api/users/${randomUUID()}/disable`)), [404, 'not_found']);
  assert.equal(told(await boss.post(`/api/users/${elsewhere.id}/disable`, { more: 1 })), [404, 'not_found']);
  for (const who of [operator, crm, buyer]) {
    assert.equal(told(await who.get('/api/users')), [403, 'forbidden'], who.name);
    assert.equal(told(await add(who, someone('operator'))), [403, 'forbidden'], who.name);
    assert.equal(told(await who.post(`/api/users/${operator.id}/disable`)), [403, 'forbidden'], who.name);
  }
  const ids = async (who: Api, query = ''): Promise<string[]> => (await listed(who, query)).map(({ id }) => id).sort();
  const sorted = (...some: readonly Api[]): string[] => some.map(({ id }) => id).sort();
  assert.equal(await ids(boss), sorted(operator));
  assert.equal(await ids(south), sorted(elsewhere));
  assert.equal(await ids(all), sorted(operator, elsewhere));
  assert.equal(await ids(engineer), sorted(operator, elsewhere, crm, boss, all, south));
  assert.equal(await ids(engineer, '?site=south'), sorted(elsewhere, south));
  assert.equal(told(await boss.get('/api/users?site=south')), [403, 'forbidden']);
  assert.equal(await ids(engineer, `?q=${crm.name.slice(-4).toUpperCase()}`), [crm.id]);
  const page = (await engineer.get('/api/users?limit=4')).body;
  const rest = (await engineer.get(`/api/users?limit=4&cursor=${page.next}`)).body;
  assert.equal([page.items.length, rest.items.length, rest.next], [4, 2, null]);
  assert.equal(told(await engineer.get('/api/users?cursor=bm9uZQ')), [422, 'invalid']);
  assert.equal(await reach(all, elsewhere), [200, 200]);
  assert.equal(await reach(engineer, boss), [200, 200]);
});

test('what is wrong with a new account is named by field and rule, and nothing is made', async (live) => {
  const [boss, all, engineer] = [
    await live.as('supervisor', { site: 'north' }),
    await live.as('supervisor'),
    await live.as('engineer'),
  ];
  assert.equal(faults(await add(boss, someone('supervisor'))), ['/roles/0: not yours to give']);
  assert.equal(faults(await add(boss, { ...someone('packer'), roles: ['packer', 'crm'] })), [
    '/roles/1: not yours to give',
  ]);
  assert.equal(faults(await add(engineer, someone('engineer'))), ['/roles/0: not yours to give']);
  assert.equal(faults(await add(boss, someone('packer', { site: 'south' }))), ['/site: not your site']);
  assert.equal(faults(await add(all, someone('packer', { site: 'nowhere' }))), ['/site: no such site']);
  assert.equal(faults(await add(all, someone('operator'))), ['/site: an operator needs one']);
  for (const wrong of [{ roles: [] }, { roles: ['system'] }, { login: 'a b' }, { name: '' }, { more: 1 }]) {
    const [field = ''] = Object.keys(wrong);
    const [first = ''] = faults(await add(boss, { ...someone('packer'), ...wrong }));
    assert.ok(first.startsWith(`/${field}`), `${field}: ${first}`);
  }
  assert.equal(await listed(boss), []);
});

test('so many changes a minute and no more', async (live) => {
  const boss = await live.as('supervisor', { site: 'north' });
  const { user } = (await add(boss, someone('packer'))).body;
  const statuses = await Promise.all(
    Array.from({ length: 70 }, async () => (await boss.post(`/api/users/${user.id}/enable`)).status),
  );
  assert.ok(statuses.includes(429) && statuses.filter((status) => status === 200).length >= 50, `${statuses}`);
});
