import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Order } from '../../gateways/contract/order.ts';
import { castOf } from '../../src/launcher/demo-cast.ts';
import { identify } from '../../src/launcher/pids.ts';
import { connect } from '../../web/client/client.ts';
import type { Login, Product } from '../_kit/product.ts';
import { startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec<Product>(
  'up --demo',
  async (lend) => {
    const product = await startProduct({ demo: 'all', env: { ANDON_DEMO_PACE: '8' } });
    try {
      await lend(product);
    } finally {
      await product.close();
    }
  },
  { deadlineMs: 180_000 },
);

const LANES = ['new', 'in_work', 'made'] as const;

const passwordOf = (logins: readonly Login[], who: string): string =>
  logins.find(({ login }) => login === who)?.password ?? '';

/** Lines of error in any log. */
async function errors(data: string): Promise<string[]> {
  const folder = join(data, 'logs');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').filter((line) => /"level":[56]0/.test(line)));
}

test('fills both boards and delivers; a person may join in; it comes back when killed and ends with the rest', async (at) => {
  const logins = await at.logins();
  const signIn = (login: string) => connect({ url: at.url, signIn: { login, password: passwordOf(logins, login) } });
  const [victor, sofia, kate] = await Promise.all(['victor', 'sofia', 'kate'].map(signIn));
  const boards = [victor!.board('north'), sofia!.board('south')];
  const seen = new Set<string>();
  for (const board of boards)
    board.onChange = () => {
      for (const { lane } of board.picture.places.values()) if (lane !== null) seen.add(`${board.site} ${lane}`);
    };
  const delivered = async (): Promise<number> =>
    (await kate!.rest.get<{ items: readonly Order[] }>('/api/orders?status=DELIVERED')).body.items.length;
  await until('both boards have cards in all lanes', () => seen.size === 2 * LANES.length, 60_000);
  await until('an order is delivered', async () => (await delivered()) > 0, 60_000);

  // A person takes one, and nobody of the demo touches it.
  const olga = await signIn('olga');
  await olga.commands.send({ target: { operator: 'me' }, type: 'start-shift', fields: {} });
  const mine = await until('olga has an order', async () => {
    const free = [...boards[0]!.picture.places.values()].find(({ lane }) => lane === 'new')?.card;
    if (!free) return undefined;
    const fields = { epoch: free.epoch };
    const answer = await olga.commands.send({ target: { order: free.order }, type: 'capture', fields });
    return answer.ok ? answer : undefined;
  });

  const demo = (await at.status()).processes.find(({ type }) => type === 'demo');
  assert.ok(demo?.ready);
  process.kill(demo.pid, 'SIGKILL');
  const again = await until('it is started again', async () => {
    const now = (await at.status()).processes.find(({ type }) => type === 'demo');
    return now !== undefined && now.pid !== demo.pid && now.ready ? now : undefined;
  });
  const before = await delivered();
  await until('orders are delivered again', async () => (await delivered()) > before, 60_000);
  const { body } = await olga.rest.get<Order>(`/api/orders/${mine!.order!.id}`);
  assert.ok(body.capture?.operator?.name === 'Olga' || body.cancellation !== undefined || body.status === 'CANCELLED');
  for (const client of [victor!, sofia!, kate!, olga]) client.close();
  assert.equal(await errors(at.data), []);

  // A second time on the same data makes nobody twice, and nobody's password new.
  await at.andon('down');
  assert.is(identify(again!.pid), undefined, 'the demo runs on');
  await at.andon('up', '-d', '--demo=users');
  assert.equal(await at.logins(), logins);
  const users = JSON.parse(await at.andon('users', 'list', '--json')) as { login: string }[];
  const cast = castOf(['north', 'south']).map(({ login }) => login);
  assert.equal(users.map(({ login }) => login).sort(), [...cast, 'engineer-1', 'supervisor-north-1'].sort());
  assert.is((JSON.parse(await at.andon('keys', 'list', '--json')) as unknown[]).length, 1);
  assert.ok(!(await at.status()).processes.some(({ type }) => type === 'demo'), 'nobody plays them now');
});
