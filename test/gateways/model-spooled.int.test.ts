import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import * as assert from 'uvu/assert';
import { openWorker, type WorkerProcess } from '../../gateways/work/worker.ts';
import type { Config } from '../../src/config.ts';
import type { Api } from '../_kit/api.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BOOK } from '../actors/world.ts';
import { openRest, type RestNode, withSettings } from './open-rest.ts';
import { SETTINGS, STL } from './rest-story.ts';
import { hashOf } from './wire-rest.ts';

interface Node extends RestNode {
  readonly config: Config;
  storeAway(): Promise<void>;
  storeBack(): Promise<void>;
  /** Stopped behind the test. */
  work(): void;
}

const SHORT = {
  ANDON_SPOOLED_BYTES: String(STL.length),
  ANDON_JOB_POLL_MS: '20',
  ANDON_JOB_BACKOFF_MS: '20',
  ANDON_JOB_ATTEMPTS: '3',
};

const test = spec<Node>(
  'models over REST while the store is away',
  (lend, title) =>
    withSettings({ env: SHORT })(async (config) => {
      const node = await openRest(config);
      const workers: WorkerProcess[] = [];
      const aside = `${config.filesDir}-away`;
      try {
        await lend({
          ...node,
          config,
          storeAway: () => rename(config.filesDir, aside),
          storeBack: () => rename(aside, config.filesDir),
          work() {
            const { core, runtime, models } = node;
            const worker = openWorker(core, { runtime, models, tariffs: () => BOOK, hashOf });
            workers.push(worker);
            worker.start();
          },
        });
      } finally {
        await Promise.all(workers.map((worker) => worker.stop()));
        await node.close();
      }
    }, title),
  { deadlineMs: 30_000 },
);

const submitted = async (buyer: Api, model: string): Promise<string> => {
  const order = { model, settings: SETTINGS, site: 'north' };
  const { body } = await buyer.post('/api/orders', order, { key: randomUUID() });
  await buyer.order(body.id, 'submit', {});
  return body.id;
};
const read = async (buyer: Api, id: string) => (await buyer.get(`/api/orders/${id}`)).body;

test('an upload is 201 spooled, can be downloaded and priced, and is stored later', async (node) => {
  const buyer = await node.as('buyer');
  await node.storeAway();
  const up = await buyer.upload(STL, 'ring.stl');
  assert.equal([up.status, up.body.state], [201, 'spooled']);
  const file = await fetch(`${node.url}/api/models/${up.body.model}/file`, {
    headers: { authorization: `Bearer ${buyer.token}` },
  });
  assert.ok(Buffer.from(await file.arrayBuffer()).equals(STL));
  const id = await submitted(buyer, up.body.model);
  node.work();
  await until('there is a price', async () => (await read(buyer, id)).status === 'PRICE_CALCULATED');
  assert.is((await node.models.stat(up.body.model))?.state, 'spooled');
  await node.storeBack();
  await until('it is stored', async () => (await node.models.stat(up.body.model))?.state === 'stored');
});

test('with the spool full for this owner an upload is 503 and says when to come again', async (node) => {
  const buyer = await node.as('buyer');
  await node.storeAway();
  assert.is((await buyer.upload(STL, 'ring.stl')).status, 201);
  const { status, body, headers } = await buyer.upload(STL, 'ring.stl');
  assert.equal([status, body.code, headers.get('retry-after')], [503, 'unavailable', '30']);
  assert.is((await (await node.as('buyer')).upload(STL, 'ring.stl')).status, 201);
});

test('with no disk for the spool an upload is 503, also while the store is there', async (node) => {
  const buyer = await node.as('buyer');
  await writeFile(node.config.spoolDir, 'a file where a folder should be');
  const { status, body, headers } = await buyer.upload(STL, 'ring.stl');
  assert.equal([status, body.code, headers.get('retry-after')], [503, 'unavailable', '1']);
});

test('a damaged model ends in PRICE_FAILED damaged; another one in its place is priced', async (node) => {
  const buyer = await node.as('buyer');
  const { body } = await buyer.upload(STL, 'ring.stl');
  const path = await node.models.file({ sha256: body.sha256 });
  const rotten = Buffer.from(STL);
  rotten.writeUInt8(rotten.readUInt8(100) ^ 1, 100);
  await rm(path);
  await writeFile(path, rotten);
  const id = await submitted(buyer, body.model);
  node.work();
  await until('it failed', async () => (await read(buyer, id)).status === 'PRICE_FAILED');
  const { waiting } = await read(buyer, id);
  assert.equal([waiting.for, waiting.reason], ['crm', 'damaged']);
  const again = await buyer.upload(STL, 'ring.stl');
  await buyer.order(id, 'attach-model', { model: again.body.model });
  await until('there is a price', async () => (await read(buyer, id)).status === 'PRICE_CALCULATED');
});

test('content that no worker can read ends in PRICE_FAILED storage', async (node) => {
  const buyer = await node.as('buyer');
  const { body } = await buyer.upload(STL, 'ring.stl');
  const id = await submitted(buyer, body.model);
  await node.storeAway();
  node.work();
  await until('it failed', async () => (await read(buyer, id)).status === 'PRICE_FAILED');
  const { waiting } = await read(buyer, id);
  assert.equal([waiting.for, waiting.reason], ['crm', 'storage']);
  const { items } = (await buyer.get(`/api/orders/${id}/timeline`)).body;
  assert.equal(
    items.map(({ type }: { type: string }) => type),
    // The second time it is said that the model can't be read; once, however many attempts there are.
    ['created', 'submitted', 'pricing-started', 'pricing-started', 'pricing-failed'],
  );
});
