/** What who runs it does while it runs: users, figures, how it is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import * as assert from 'uvu/assert';
import { VERSION } from '../../src/version.ts';
import { signIn } from '../_kit/api.ts';
import { type Login, type Product, type Status, startProduct } from '../_kit/product.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { failing } from './failing.ts';

const withProduct: Fixture<{ product: Product }> = async (lend) => {
  const product = await startProduct({ env: { ANDON_PAGES: 'no-pages' } });
  try {
    await lend({ product });
  } finally {
    await product.close();
  }
};

const test = spec('operation', withProduct, { deadlineMs: 240_000, shared: true });

test('a user who is disabled, or gets a new password, is out within two seconds, sockets too, and in again as told', async ({
  product,
}) => {
  const [login] = (await product.addUsers('operator', { site: 'north' })) as [Login];
  const enter = async (password = login.password) => {
    const api = await signIn(product.url, { login: login.login, password });
    const socket = io(`${product.url}/mes`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { token: api.token },
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return { api, socket };
  };
  const isOut = ({ api, socket }: Awaited<ReturnType<typeof enter>>) =>
    until(
      'the session has ended',
      async () => !socket.connected && (await api.get('/api/operators')).status === 401,
      4_000,
    );

  const first = await enter();
  assert.match(await product.andon('users', 'disable', login.login), /1 session ended/);
  await isOut(first);
  const refused = await signIn(product.url, login).catch((error: Error) => error.message);
  assert.match(String(refused), /401/);
  assert.match(await product.andon('users', 'list'), new RegExp(`${login.login} .*disabled 20`));
  await product.andon('users', 'enable', login.login.toUpperCase());

  const second = await enter();
  const changed = JSON.parse(await product.andon('users', 'passwd', login.login, '--json')) as Login;
  await isOut(second);
  assert.match(String(await signIn(product.url, login).catch((error: Error) => error.message)), /401/);
  (await enter(changed.password)).socket.close();
  const kept = (await product.logins()).find((one) => one.login === login.login);
  assert.is(kept?.password, changed.password, 'logins.json has the new one');
  assert.match(await failing(product, 'users', 'disable', 'nobody-1'), /no user nobody-1/);
  const log = await readFile(join(product.data, 'logs/admin.log'), 'utf8');
  for (const what of ['user_disabled', 'user_enabled', 'password_set']) assert.ok(log.includes(what), what);
  assert.not.ok(log.includes(changed.password), 'no password is in the log');
});

test('workers and keepers say how they are and show figures of their own', async ({ product }) => {
  const { processes } = await product.status();
  const others = processes.filter(({ type }) => type !== 'web');
  assert.equal(others.map(({ type }) => type).sort(), ['keeper', 'worker']);
  for (const { type, ops } of others) {
    const { ready, degraded } = (await (await fetch(`${ops}/readyz`)).json()) as { ready: boolean; degraded: string[] };
    // Not every machine that tests run on lets a worker take the network from its children.
    assert.equal([ready, degraded.filter((word) => word !== 'sandbox')], [true, []]);
    assert.equal(await (await fetch(`${ops}/livez`)).json(), { ok: true });
    const figures = await (await fetch(`${ops}/metrics`)).text();
    assert.match(figures, new RegExp(`andon_process_info{type="${type}",version="${VERSION}"} 1`));
    assert.match(figures, /andon_process_resident_bytes \d+/);
    assert.is((await fetch(`${ops}/api/session`)).status, 404);
  }
});

test('status is not ready while a server is frozen, names it, and is ready again when it goes on', async ({
  product,
}) => {
  const isReady = async () => (await product.status()).ready;
  await until('all is ready', isReady);
  const redis = (await product.status()).servers.find(({ name }) => name === 'redis')!;
  process.kill(redis.pid, 'SIGSTOP');
  try {
    const now = await until('status has noticed', async () => {
      const found = await product.status();
      return found.degraded.includes('redis') && found;
    });
    assert.is((now as Status).ready, false);
    assert.is((now as Status).servers.find(({ name }) => name === 'redis')?.ready, false);
    assert.match(
      await product.andon('status').catch((error: { stdout?: string }) => error.stdout ?? ''),
      /not ready[\s\S]*degraded: redis/,
    );
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await until('all is ready again', isReady, 10_000);
});
