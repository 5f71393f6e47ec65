import { readdir, rename } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { Job, JobsPage } from '../../gateways/contract/jobs.ts';
import { binaryStl, box, sphere } from '../_kit/solids.ts';
import { spec } from '../_kit/spec.ts';
import { createOrder } from '../_kit/story.ts';
import { until } from '../_kit/until.ts';
import { done, type Floor, OF_A_STORY, withFloor } from './floor.ts';

const killed = spec<Floor>('a worker killed at work', withFloor({ env: { ANDON_JOB_LEASE_MS: '1000' } }), OF_A_STORY);
const dying = spec<Floor>(
  'a price that can’t be calculated',
  withFloor({ env: { ANDON_JOB_ATTEMPTS: '1' } }),
  OF_A_STORY,
);

const PATIENCE_MS = 60_000;

const listed = async ({ product }: Floor, ...args: string[]): Promise<readonly Job[]> =>
  (JSON.parse(await product.andon('jobs', ...args, '--json')) as JobsPage).items;

killed('its job is done by another, and the order priced exactly once', async (floor) => {
  const { buyer, product, staff } = floor;
  const engineer = await staff('engineer');
  // Seconds of work for the child.
  const stl = binaryStl(sphere(20, 720, 360));
  const { id } = await createOrder(buyer, { stl });
  const worker = (await product.status()).processes.find(({ type }) => type === 'worker');
  done(await buyer.order(id, 'submit'));
  const job = await until('the job runs', async () => {
    const { items } = (await engineer.get('/api/jobs?state=running&kind=price')).body as JobsPage;
    return items.find(({ order }) => order === id);
  });
  process.kill(worker!.pid, 'SIGKILL');
  await until(
    'there is a price',
    async () => (await buyer.get(`/api/orders/${id}`)).body.status === 'PRICE_CALCULATED',
    PATIENCE_MS,
  );
  const { items } = (await buyer.get(`/api/orders/${id}/timeline`)).body;
  const types = items.map(({ type }: { type: string }) => type);
  assert.equal(types, ['created', 'submitted', 'pricing-started', 'priced']);
  const [after] = (await listed(floor, '--kind', 'price')).filter((one) => one.id === job!.id);
  assert.equal([after!.state, after!.attempt, after!.order, after!.outcome], ['done', 2, id, null]);
});

/** The only content of the object store; the file `database` beside it says whose store it is. */
async function storedFile({ product }: Floor): Promise<string> {
  const folder = join(product.data, 'files');
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const [file, ...more] = files.filter((entry) => entry.isFile() && entry.name !== 'database');
  assert.equal(more, []);
  return join(file!.parentPath, file!.name);
}

dying('it is shown as dead with its cause, and driven anew from the command line once it can be', async (floor) => {
  const { buyer, product, staff } = floor;
  const engineer = await staff('engineer');
  const { id } = await createOrder(buyer, { stl: binaryStl(box(10, 11, 12)) });
  const file = await storedFile(floor);
  await rename(file, `${file}.away`);
  done(await buyer.order(id, 'submit'));
  const statusOf = async (): Promise<string> => (await buyer.get(`/api/orders/${id}`)).body.status;
  await until('the job is dead', async () => (await listed(floor, '--state', 'dead')).length === 1, PATIENCE_MS);
  assert.is(await statusOf(), 'PRICE_FAILED');
  const [job] = await listed(floor, '--state', 'dead');
  assert.equal([job!.order, job!.outcome, job!.attempt], [id, 'storage_away', 1]);
  assert.match(await product.andon('jobs'), new RegExp(`1 dead[^]*${job!.id}.*price.*dead.*${id}.*storage_away`));
  const { body: text } = await engineer.get('/metrics');
  assert.match(text, /andon_jobs\{kind="price",state="dead"\} 1/);
  assert.match(text, /andon_jobs_oldest_due_seconds\{kind="price"\} 0/);

  await rename(`${file}.away`, file);
  assert.match(await product.andon('jobs', 'redrive', job!.id), /1 job starts anew/);
  const told = (await product.andon('logs', 'admin')).split('\n').filter((line) => line.includes('jobs_redriven'));
  assert.is(told.length, 1, 'who did it stands in the log');
  const { by, job: anew, count } = JSON.parse(told[0]!.slice(told[0]!.indexOf('{')));
  assert.equal([by, anew, count], [`${userInfo().username} of this machine`, job!.id, 1]);
  await until('there is a price', async () => (await statusOf()) === 'PRICE_CALCULATED', PATIENCE_MS);
  assert.match(await product.andon('jobs', 'redrive', '--all'), /0 jobs start anew/);
  const refused = await product.andon('jobs', 'redrive', job!.id).catch((error: Error) => error);
  assert.match(String(refused), /the job is done, not dead/);
});
