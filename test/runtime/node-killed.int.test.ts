import { setTimeout as sleep } from 'node:timers/promises';
import { lendDatabase } from '../_kit/database.ts';
import { ownRedis } from '../_kit/redis.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { Load } from './load.ts';
import { NodeThere } from './node-there.ts';
import { type Servers, Works } from './works.ts';

/** Nodes in processes of their own, any of which can be killed at any time. */
class Harmed {
  readonly works: Works<NodeThere>;
  readonly #nodes: NodeThere[];
  readonly #servers: Servers;

  constructor(servers: Servers, nodes: NodeThere[]) {
    this.works = new Works(servers, nodes);
    this.#nodes = nodes;
    this.#servers = servers;
  }

  async replace(i: number): Promise<void> {
    const [old] = this.#nodes.splice(i, 1);
    await old?.close();
    this.#nodes.push(await NodeThere.start(this.#servers, SETTINGS));
  }
}

/** Shorter than the time for which a process is stopped. */
const SETTINGS = { ANDON_LEASE_MS: '200', ANDON_LEASE_WAIT_MS: '50' };

const withProcesses: Fixture<Harmed> = async (lend) => {
  const [database, server] = await Promise.all([lendDatabase(), ownRedis()]);
  const servers = { ...database, redisUrl: server.url };
  const nodes = await Promise.all([1, 2, 3].map(() => NodeThere.start(servers, SETTINGS)));
  const harmed = new Harmed(servers, nodes);
  try {
    await lend(harmed);
  } finally {
    await harmed.works.close();
    await server.close();
    await database.close();
  }
};

const test = spec('three processes', withProcesses, { deadlineMs: 60_000 });

async function underLoad({ works }: Harmed, harm: (load: Load) => Promise<void>): Promise<void> {
  const [crew, orders] = await Promise.all([works.crew(6, 2), works.orders(24)]);
  const load = new Load(works, { crew, orders, clients: 30, harmed: true });
  await load.more(200);
  await harm(load);
  await load.more(200);
  await load.stop();
  await works.settle();
  await works.check();
}

test('killed one after the other in the middle of their turns: nothing is lost or done twice', async (harmed) => {
  await underLoad(harmed, async (load) => {
    for (let i = 0; i < 3; i++) {
      await harmed.replace(i % 2);
      await load.more(150);
    }
  });
});

test('stopped in the middle of their turns for longer than their leases: others go on, nothing is done twice', async (harmed) => {
  await underLoad(harmed, async (load) => {
    for (let i = 0; i < 4; i++) {
      const node = harmed.works.nodes[i % 3];
      node?.signal('SIGSTOP');
      await Promise.all([sleep(400), load.more(30)]);
      node?.signal('SIGCONT');
      await load.more(100);
    }
  });
});
