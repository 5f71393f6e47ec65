import { io, type Socket } from 'socket.io-client';
import * as assert from 'uvu/assert';
import type { Api } from '../_kit/api.ts';
import { patient } from '../_kit/patient.ts';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';
import { approvedOrder, newBuyer, operators } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';

interface Floor {
  readonly product: Product;
  readonly buyer: Api;
  /** An operator's page at this node; where it loses its line, it goes to the next node. */
  tab(operator: Api, node: number): Promise<Socket>;
}

const GRACE_MS = 4_000;

const test = spec<Floor>(
  'absent operators',
  async (lend) => {
    const product = await startProduct({
      nodes: 3,
      env: { ANDON_GRACE_MS: String(GRACE_MS), ANDON_REQUESTS_PER_SECOND: '100000' },
    });
    const sockets: Socket[] = [];
    const at = (node: number): string => product.nodes[node % product.nodes.length] ?? product.url;
    const tab = async (operator: Api, node: number): Promise<Socket> => {
      const socket = io(`${at(node)}/mes`, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth: { token: operator.token },
      });
      sockets.push(socket);
      socket.on('disconnect', (why) => {
        if (why !== 'io client disconnect') void tab(operator, node + 1);
      });
      await until('the page is connected', () => socket.connected);
      return socket;
    };
    try {
      await lend({ product, buyer: await newBuyer(product.url), tab });
    } finally {
      for (const socket of sockets) socket.disconnect();
      await product.close();
    }
  },
  { deadlineMs: 90_000 },
);

/** An order that this operator holds, begun where wanted. */
async function holding(buyer: Api, operator: Api, begun = false): Promise<string> {
  const { id, epoch } = await approvedOrder(buyer);
  const captured = await operator.order(id, 'capture', { epoch });
  assert.is(captured.status, 200, JSON.stringify(captured.body));
  if (begun) assert.is((await operator.order(id, 'start', { epoch: captured.body.epoch })).status, 200);
  return id;
}

const read = async (who: Api, id: string) => (await patient(who).get(`/api/orders/${id}`)).body;

const lastOf = async (who: Api, id: string) => (await patient(who).get(`/api/orders/${id}/timeline`)).body.items.at(-1);

async function releasedAt(who: Api, id: string): Promise<number> {
  await until('it is free again', async () => (await read(who, id)).capture === null, 30_000);
  const [order, last] = [await read(who, id), await lastOf(who, id)];
  assert.equal([order.status, last.type, last.reason], ['MANUFACTURING_APPROVED', 'released', 'absent']);
  return Date.parse(last.at);
}

const peopleOf = async (who: Api) => (await patient(who).get('/api/boards/north?lane=new')).body.people;

/** A killed node costs nobody an order; who is gone loses what was not begun, and what was begun is unattended. */
async function nodeKilled({ product, buyer, tab }: Floor): Promise<void> {
  const [ann, bob] = (await operators(product, 2)) as [Api, Api];
  await tab(ann, 0);
  const page = await tab(bob, 1);
  const kept = await holding(buyer, ann);
  const [lost, begun] = [await holding(buyer, bob), await holding(buyer, bob, true)];
  await until('both are present', async () => {
    const people = await peopleOf(bob);
    return people[ann.id]?.present && people[bob.id]?.present && people[ann.id].name === ann.name;
  });

  const node = (await product.status()).processes.find(({ url }) => url === product.nodes[0]);
  process.kill(node!.pid, 'SIGKILL');
  page.disconnect();
  await releasedAt(ann, lost);
  const [hers, his, people] = [await read(ann, kept), await read(ann, begun), await peopleOf(ann)];
  assert.equal([hers.capture.operator.id, hers.capture.unattended], [ann.id, undefined]);
  assert.equal([people[ann.id].present, people[bob.id].present], [true, false]);
  assert.equal([his.status, his.capture.operator.id], ['MANUFACTURING_STARTED', bob.id]);
  await until('the begun order is unattended', async () => (await read(ann, begun)).capture.unattended === true);

  await tab(bob, 1);
  await until('it is attended again', async () => (await read(ann, begun)).capture.unattended === undefined);
}

/** Nobody is released meanwhile; who is there then stays, who is not has the grace again. */
async function redisStandsStill({ product, buyer, tab }: Floor): Promise<void> {
  const [ann, bob] = (await operators(product, 2)) as [Api, Api];
  await tab(ann, 0);
  const page = await tab(bob, 1);
  const [kept, lost] = [await holding(buyer, ann), await holding(buyer, bob)];
  await until('both are present', async () => {
    const people = await peopleOf(ann);
    return people[ann.id]?.present && people[bob.id]?.present;
  });
  const redis = (await product.status()).servers.find(({ name }) => name === 'redis');
  page.disconnect();
  process.kill(redis!.pid, 'SIGSTOP');
  const stopped = performance.now();
  try {
    await until('it stood still for longer than the grace', () => performance.now() - stopped > GRACE_MS * 1.5);
    assert.is((await read(ann, lost)).capture.operator.id, bob.id);
  } finally {
    process.kill(redis!.pid, 'SIGCONT');
  }
  const back = Date.now();
  const released = await releasedAt(ann, lost);
  assert.ok(released - back >= GRACE_MS, `released ${released - back} ms after Redis was back`);
  assert.is((await read(ann, kept)).capture.operator.id, ann.id);
  assert.is((await peopleOf(ann))[ann.id].present, true);
}

// One after the other on one product: starting it takes longer than either.
test('who stays away loses what was not begun; whom a killed node or a Redis that stood still cut off does not', async (floor) => {
  await nodeKilled(floor);
  await redisStandsStill(floor);
});
