/** A whole product, its secrets, and everything of it that others may read: logs, figures, problems, the list of processes. */
import { randomUUID } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { Api, signIn } from '../_kit/api.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { STL } from '../gateways/rest-story.ts';

const PASSWORD = 'a password nobody may read';
const WRONG = 'wrong-password-typed-by-hand';
const ASKED = 'forged-token-of-a-stranger';

interface World {
  readonly product: Product;
  /** By what they are. */
  readonly secrets: Map<string, string>;
  /** Bodies of answers that said no. */
  readonly noes: string[];
}

const test = spec<World>(
  'secrets of a running product',
  async (lend) => {
    const product = await startProduct({ env: { ANDON_LOG: 'debug' } });
    try {
      await lend(await lived(product));
    } finally {
      await product.close();
    }
  },
  { shared: true, deadlineMs: 90_000 },
);

/** Everybody comes, asks for what they may and may not, and both stores are killed meanwhile. */
async function lived(product: Product): Promise<World> {
  const secrets = new Map<string, string>([
    ['a password', PASSWORD],
    ['a wrong password', WRONG],
    ['a forged token', ASKED],
  ]);
  const noes: string[] = [];
  const nobody = new Api(product.url);
  const no = async (asked: Promise<{ status: number; body: unknown }>): Promise<void> => {
    const { status, body } = await asked;
    assert.ok(status >= 400, `${status}`);
    noes.push(JSON.stringify(body));
  };

  const made = JSON.parse(await readFile(join(product.data, 'secrets.json'), 'utf8')) as Record<string, string>;
  for (const [name, value] of Object.entries(made)) if (name !== 'home') secrets.set(name, value);
  const [login] = await product.addUsers('operator', { site: 'north' });
  secrets.set('a generated password', login!.password);
  const operator = await signIn(product.url, login!);
  const signUp = { name: 'Bea', contact: 'bea@example.com', login: `bea-${randomUUID()}`, password: PASSWORD };
  const buyer = new Api(product.url, (await nobody.post('/api/buyers', signUp)).body);
  const { apiKey } = JSON.parse(await product.andon('keys', 'add', '--partner', 'Acme', '--json'));
  secrets.set('a partner’s key', apiKey).set('a session token', buyer.token!).set('another token', operator.token!);

  const { model } = (await buyer.upload(STL, 'ring.stl')).body;
  const settings = { material: 'silver-925', finish: 'polished', quantity: 1, urgency: 'standard' };
  const { id } = (await buyer.post('/api/orders', { model, settings, site: 'north' }, { key: randomUUID() })).body;
  const share = (await buyer.post(`/api/orders/${id}/share`)).body.token as string;
  secrets.set('a guest’s link', share);
  assert.is((await nobody.get(`/api/orders/${id}?share=${share}`)).status, 200);
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  assert.is((await nobody.get('/v1/orders', bearer(apiKey))).status, 200);

  const troubles = async (): Promise<void> => {
    await no(nobody.post('/api/session', { login: signUp.login, password: WRONG }));
    await no(nobody.post('/api/session', { login: signUp.login, password: WRONG, more: PASSWORD }));
    await no(nobody.post('/api/buyers', { ...signUp, password: PASSWORD }));
    await no(
      nobody.raw('POST', '/api/session', `{"password":"${PASSWORD}"`, {
        headers: { 'content-type': 'application/json' },
      }),
    );
    await no(nobody.get('/api/orders', bearer(ASKED)));
    await no(nobody.get('/v1/orders', bearer(`${apiKey}x`)));
    await no(nobody.get(`/api/orders/${randomUUID()}?share=${share}`));
    await no(nobody.get(`/api/orders?token=${buyer.token}`));
    await no(nobody.get('/api/orders', { headers: { cookie: `andon=${ASKED}`, 'x-request-id': 'abcdefgh' } }));
    await no(buyer.call('POST', '/api/models', new TextEncoder().encode(WRONG)));
    await no(buyer.get(`/api/jobs?state=${share}`));
  };
  await troubles();
  const { servers } = await product.status();
  for (const { pid } of servers) process.kill(pid, 'SIGKILL');
  // Whatever they are answered now, they may be told no secret.
  const answers = await Promise.all([1, 2, 3].map(() => buyer.get(`/api/orders/${id}`).catch(() => undefined)));
  noes.push(JSON.stringify(answers.map((answer) => answer?.body)));
  const again = await nobody.post('/api/session', { login: signUp.login, password: PASSWORD });
  if (again.status >= 400) noes.push(JSON.stringify(again.body));
  await until(
    'both are back',
    async () => {
      const { status, body } = await nobody.get('/readyz');
      return status === 200 && !['postgres', 'redis'].some((server) => body.degraded.includes(server));
    },
    30_000,
  );
  await troubles();
  return { product, secrets, noes };
}

const filesBelow = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Also as it looks inside a URL. */
const found = (text: string, secrets: ReadonlyMap<string, string>): string[] =>
  [...secrets]
    .filter(([, secret]) => text.includes(secret) || text.includes(encodeURIComponent(secret)))
    .map(([name]) => name);

test('stand in no log', async ({ product, secrets }) => {
  const logs = await filesBelow(join(product.data, 'logs'));
  const texts = await Promise.all(logs.map((file) => readFile(file, 'utf8')));
  assert.ok(texts.join('').includes('"level"') && logs.length >= 5, `${logs}`);
  for (const [n, file] of logs.entries()) assert.equal(found(texts[n]!, secrets), [], file);
});

test('stand in no figures and in no answer that says no', async ({ product, secrets, noes }) => {
  const figures = (await new Api(product.url).get('/metrics')).body as string;
  assert.ok(figures.includes('andon_') && noes.length > 20, `${noes.length}`);
  assert.equal(found(figures, secrets), []);
  assert.equal(found(noes.join('\n'), secrets), []);
});

test('are printed by no command that is not asked for them', async ({ product, secrets }) => {
  for (const args of [['status'], ['jobs'], ['keys', 'list'], ['help']]) {
    const said = await product
      .andon(...args)
      .catch((error: { stdout?: string; stderr?: string }) => `${error.stdout}${error.stderr}`);
    assert.equal(found(said, secrets), [], args.join(' '));
  }
});

/** Of this product: what its supervisor started, and what they started. */
async function processesOf(product: Product): Promise<Map<number, string>> {
  const { processes, servers } = await product.status();
  const wanted = new Set([...processes, ...servers].map(({ pid }) => pid));
  const lines = new Map<number, string>();
  const parents = new Map<number, number>();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    parents.set(pid, Number(status.slice(status.lastIndexOf(')')).split(' ')[2]));
    lines.set(pid, (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '));
  }
  const belongs = (pid: number): boolean => wanted.has(pid) || (parents.has(pid) && belongs(parents.get(pid)!));
  return new Map([...lines].filter(([pid]) => belongs(pid)));
}

test('stand in no list of processes', async ({ product, secrets }) => {
  const lines = await processesOf(product);
  assert.ok(lines.size >= 6 && [...lines.values()].some((line) => line.includes('main.ts')), `${lines.size}`);
  for (const [pid, line] of lines) assert.equal(found(line, secrets), [], `${pid}: ${line}`);
});

test('stand only in files that their owner alone may open', async ({ product, secrets }) => {
  assert.is((await stat(product.data)).mode & 0o077, 0);
  const holding: string[] = [];
  for (const file of await filesBelow(product.data)) {
    const text = await readFile(file, 'latin1').catch(() => '');
    if (found(text, secrets).length === 0) continue;
    holding.push(file.slice(product.data.length + 1));
    assert.is((await stat(file)).mode & 0o077, 0, file);
  }
  assert.ok(holding.includes('secrets.json') && holding.includes('logins.json'), `${holding}`);
});
