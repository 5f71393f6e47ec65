/** Models that break the child which reads them, beside models that do not: the real child, orders and handler. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { OrderState } from '../../actors/order/state.ts';
import { priceHandler } from '../../gateways/work/price.ts';
import { readTariffs } from '../../gateways/work/tariffs.ts';
import { measure } from '../../src/geometry/measure.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import { Jobs } from '../../src/work/jobs.ts';
import { redrive } from '../../src/work/redrive.ts';
import { Worker } from '../../src/work/worker.ts';
import { binaryStl, box } from '../_kit/solids.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { BUYER, creation, type Works, withWorks } from '../runtime/works.ts';

const ATTEMPTS = 2;
const STAND_INS = join(import.meta.dirname, '../geometry/stand-ins');
const tariffs = await readTariffs(join(import.meta.dirname, '../../tariffs'));

interface PriceJobRow {
  readonly actor_id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly message: string | null;
  readonly drive: number;
}

interface Poisoned {
  readonly works: Works;
  /** A submitted order whose model is read by this stand-in instead of the child. */
  order(standIn?: string): Promise<string>;
  /** From now on the real child reads every model. */
  mend(): void;
  statusOf(order: string): Promise<string>;
  jobs(): Promise<PriceJobRow[]>;
}

const withPoison: Fixture<Poisoned> = (lend, title) =>
  withWorks({ nodes: 1 })(async (works) => {
    const dir = await mkdtemp(join(tmpdir(), 'andon-poison-'));
    const standIns = new Map<string, string>();
    const [{ core, runtime }] = works.nodes as [(typeof works.nodes)[number]];
    const price = priceHandler({
      send: (envelope) => runtime.send(envelope) as Promise<Answer<OrderState>>,
      sign: (envelope) => commandHash(core.config.secret, envelope),
      models: {
        checkedFile: async ({ sha256 }) => join(dir, sha256),
        keepMeasured: async () => undefined,
        stat: async (id) => ({
          id,
          sha256: id,
          tenant: 'house',
          owner: BUYER.id,
          name: 'x',
          bytes: 684,
          createdAt: '',
          state: 'stored',
        }),
      },
      once: { run: (_, __, look) => look() },
      tariffs: () => tariffs,
      limits: { memoryMb: 256, timeMs: 30_000 },
      validMs: 60_000,
      damaged: () => undefined,
      measure(path, limits, options) {
        const standIn = standIns.get(path);
        if (standIn === undefined) return measure(path, limits, options);
        const timeMs = standIn === 'forever' ? 1_000 : limits.timeMs;
        return measure(path, { ...limits, timeMs }, { ...options, program: join(STAND_INS, `${standIn}.ts`) });
      },
    });
    const leaseMs = 30_000;
    const worker = new Worker(
      new Jobs(core.pool, { worker: randomUUID(), leaseMs }),
      { price },
      { slots: 2, pollMs: 20, leaseMs, attempts: ATTEMPTS, backoffMs: () => 10, tell: () => undefined },
    );
    worker.start();
    try {
      await lend({
        works,
        async order(standIn) {
          const model = randomUUID();
          const path = join(dir, model);
          await writeFile(path, binaryStl(box()));
          if (standIn !== undefined) standIns.set(path, standIn);
          const created = creation({ model });
          await works.must(works.send(created));
          await works.must(works.order(created.actor, BUYER, { type: 'submit' }));
          return created.actor;
        },
        mend: () => standIns.clear(),
        statusOf: async (order) => (await works.stateOf(order)).state.status,
        jobs: async () =>
          (await works.sight.query<PriceJobRow>(`select * from jobs where kind = 'price' order by created_at`)).rows,
      });
    } finally {
      await worker.stop();
      await rm(dir, { recursive: true });
    }
  }, title);

const test = spec('poisoned models', withPoison, { deadlineMs: 120_000 });

const PATIENCE_MS = 60_000;

test('a child that crashes, eats memory or never ends: dead with its cause, neighbours priced, mended and driven anew priced once', async (at) => {
  const causes = new Map<string, string>();
  const neighbours: string[] = [];
  for (const [standIn, code] of [
    ['crasher', 'measure_crashed'],
    ['eater', 'measure_out_of_memory'],
    ['forever', 'measure_timed_out'],
  ] as const) {
    causes.set(await at.order(standIn), code);
    neighbours.push(await at.order());
  }
  const over = async (): Promise<boolean> =>
    (await at.jobs()).every(({ state }) => state === 'done' || state === 'dead');
  await until('every job is over', over, PATIENCE_MS);
  const dead = (await at.jobs()).filter(({ state }) => state === 'dead');
  assert.equal(new Map(dead.map(({ actor_id, outcome }) => [actor_id, outcome])), causes);
  for (const { message, outcome } of dead) assert.ok(message, outcome!);
  for (const order of neighbours) assert.is(await at.statusOf(order), 'PRICE_CALCULATED');
  for (const order of causes.keys()) {
    const { state } = await at.works.stateOf(order);
    assert.equal([state.status, state.priceFailure], ['PRICE_FAILED', 'not-calculated']);
  }

  const again = (): Promise<string[]> => redrive(at.works.sight, { kinds: ['price'] });
  assert.is((await again()).length, 3);
  await until('every job is over again', over, PATIENCE_MS);
  assert.equal(
    (await at.jobs()).filter(({ state }) => state === 'dead').map(({ drive }) => drive),
    [1, 1, 1],
    'what is not mended dies again',
  );

  at.mend();
  assert.is((await again()).length, 3);
  for (const order of causes.keys())
    await until('a price', async () => (await at.statusOf(order)) === 'PRICE_CALCULATED', PATIENCE_MS);
  await until('every job is over for good', over, PATIENCE_MS);
  assert.equal(
    (await at.jobs()).map(({ state }) => state),
    Array(6).fill('done'),
  );
  const { rows } = await at.works.sight.query<{ priced: number; failed: number }>(
    `select count(*) filter (where events::jsonb @> '[{"type": "priced"}]')::int as priced,
            count(*) filter (where events::jsonb @> '[{"type": "pricing-failed"}]')::int as failed
     from actor_log group by actor_id order by failed`,
  );
  const counts = rows.map(({ priced, failed }) => `${priced} ${failed}`);
  assert.equal(counts, ['1 0', '1 0', '1 0', '1 1', '1 1', '1 1'], 'priced once each, and failed once each');
});
