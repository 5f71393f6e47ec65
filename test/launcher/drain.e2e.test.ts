/** How web nodes part from their clients, one of several or all. */
import { io, type Socket } from 'socket.io-client';
import * as assert from 'uvu/assert';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec<Product>(
  'web nodes that stop',
  async (lend) => {
    const product = await startProduct({ nodes: 2 });
    try {
      await lend(product);
    } finally {
      await product.close();
    }
  },
  { deadlineMs: 60_000 },
);

/** What `down` spreads clients over. */
const SHORT_MS = 2_000;

interface Drain {
  readonly comeBackInMs: number;
}

/** Guests who note when they are to come back. */
async function guests(url: string | undefined, count: number, told: number[]): Promise<Socket[]> {
  const open = async (): Promise<Socket> => {
    const socket = io(`${url}/storefront`, { transports: ['websocket'], forceNew: true, reconnection: false });
    socket.on('server:drain', ({ comeBackInMs }: Drain) => told.push(comeBackInMs));
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    return socket;
  };
  return Promise.all(Array.from({ length: count }, open));
}

test('one alone spreads its clients widely and ends when they have left; all together do so at once', async (product) => {
  const [one] = (await product.status()).processes.filter(({ type }) => type === 'web');
  const told: number[] = [];
  const clients = await guests(one?.url, 20, told);
  process.kill(one!.pid, 'SIGTERM');
  await until('all are told', () => told.length === 20);
  // 20 even ones of 30 s are all below 2 s once in 10^23 runs.
  assert.ok(Math.max(...told) > SHORT_MS && Math.max(...told) < 30_000, String(told));
  for (const socket of clients) socket.close();
  const another = async (): Promise<boolean> => {
    const webs = (await product.status()).processes.filter(({ type }) => type === 'web');
    return webs.length === 2 && webs.every(({ pid }) => pid !== one!.pid);
  };
  await until('it has ended, and another one runs', another, 20_000);

  const last: number[] = [];
  const [, other] = product.nodes;
  const staying = await guests(other, 5, last);
  await product.andon('down');
  assert.is(last.length, 5);
  assert.ok(Math.max(...last) < SHORT_MS, String(last));
  for (const socket of staying) socket.close();
});
