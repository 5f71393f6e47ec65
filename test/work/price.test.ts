import { fileURLToPath } from 'node:url';
import { Value } from 'typebox/value';
import * as assert from 'uvu/assert';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import { waiting } from '../../actors/order/waiting.ts';
import { priceHandler } from '../../gateways/work/price.ts';
import { readTariffs } from '../../gateways/work/tariffs.ts';
import { AndonError, codeOf } from '../../src/errors.ts';
import type { Measured } from '../../src/geometry/mesh-facts.ts';
import { commandHash } from '../../src/runtime/command-hash.ts';
import type { Handler } from '../../src/work/attempt.ts';
import type { Job } from '../../src/work/jobs.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { OneOrder } from './one-order.ts';

interface Desk {
  /** A handler for this order, whose model measures as given. */
  handler(order: OneOrder, measured?: Measured | Error): Handler;
  /** What was measured and remembered. */
  readonly measuredPaths: string[];
  readonly kept: Measured[];
  known: Measured | undefined;
  missing: boolean;
  /** Thrown instead of the content. */
  unreadable: Error | undefined;
  /** Contents that an alarm was raised for. */
  readonly alarms: string[];
}

const BOX: Measured = {
  facts: { volumeMm3: 6_000, areaMm2: 2_200, sizeMm: [10, 20, 30], triangles: 12, shells: 1, closed: true },
};
const TARIFFS = await readTariffs(fileURLToPath(new URL('../../tariffs', import.meta.url)));

const withDesk: Fixture<Desk> = async (lend) => {
  const desk: Desk = {
    measuredPaths: [],
    kept: [],
    known: undefined,
    missing: false,
    unreadable: undefined,
    alarms: [],
    handler: (order, measured = BOX) =>
      priceHandler({
        send: (envelope) => order.send(envelope),
        sign: (envelope) => commandHash('a secret of at least 32 characters', envelope),
        models: {
          checkedFile: async ({ sha256 }) => {
            if (desk.unreadable) throw desk.unreadable;
            return `/store/${sha256}`;
          },
          keepMeasured: async (_, { measured: found }) => void desk.kept.push(found),
          async stat(id) {
            if (desk.missing) return undefined;
            const model = {
              id,
              tenant: 'house',
              owner: 'ann',
              name: 'ring.stl',
              bytes: 684,
              sha256: 'ab',
              createdAt: '',
              state: 'stored' as const,
            };
            return desk.known === undefined ? model : { ...model, measured: desk.known };
          },
        },
        once: { run: (_, __, look) => look() },
        tariffs: () => TARIFFS,
        limits: { memoryMb: 512, timeMs: 1_000 },
        validMs: 60_000,
        damaged: ({ sha256 }) => desk.alarms.push(sha256),
        async measure(path) {
          desk.measuredPaths.push(path);
          if (measured instanceof Error) throw measured;
          return { measured };
        },
      }),
  };
  await lend(desk);
};

const test = spec('price jobs', withDesk);

const run = (handler: Handler, order: OneOrder, job: Partial<Job> = {}) =>
  handler.run({ ...order.job, ...job }, new AbortController().signal);
const types = (order: OneOrder): string[] => order.sent.map(({ command }) => command.type);

test('a submitted order is priced, and the append that says so finishes the job', async ({
  handler,
  measuredPaths,
}) => {
  const order = new OneOrder();
  assert.is(await run(handler(order), order), undefined);
  assert.equal(types(order), ['pricing-started', 'priced']);
  assert.is(order.state.status, 'PRICE_CALCULATED');
  const { price, model } = order.state;
  assert.is(
    price!.lines.reduce((sum, { amount }) => sum + amount, 0),
    price!.amount,
  );
  assert.is(price!.tariff, TARIFFS.find(({ site }) => site === 'north')!.version);
  assert.equal(model.facts, BOX.facts);
  assert.equal(order.done, [order.job.id]);
  assert.equal(measuredPaths, ['/store/ab']);
});

test('every command fits its schema, comes from the system and carries the trace of its order', async ({ handler }) => {
  for (const measured of [
    BOX,
    { failed: 'not-finite' } as const,
    { failed: 'not-closed', facts: BOX.facts } as const,
  ]) {
    const order = new OneOrder();
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await run(handler(order, measured as Measured), order, { trace });
    for (const { command, issuer, trace: carried, actor } of order.sent) {
      const { type, ...fields } = command;
      assert.ok(Value.Check(ORDER_COMMANDS[type].fields, fields), `${type}: ${JSON.stringify(fields)}`);
      assert.equal(issuer, { role: 'system', roles: ['system'], id: order.job.id, tenant: 'system' });
      assert.equal([carried, actor], [trace, order.id]);
    }
  }
});

test('a model with a fault ends in PRICE_FAILED with its reason, and with what could be measured', async ({
  handler,
}) => {
  const order = new OneOrder();
  const facts = { ...BOX.facts!, closed: false };
  assert.is(await run(handler(order, { failed: 'not-closed', facts }), order), undefined);
  assert.is(order.state.status, 'PRICE_FAILED');
  assert.is(order.state.priceFailure, 'not-closed');
  assert.equal(order.state.model.facts, facts);
  assert.equal(order.done, [order.job.id]);
});

test('a model that the site can not make ends in PRICE_FAILED too', async ({ handler }) => {
  const order = new OneOrder();
  await run(handler(order, { facts: { ...BOX.facts!, sizeMm: [10, 20, 30_000] } }), order);
  assert.equal([order.state.status, order.state.priceFailure], ['PRICE_FAILED', 'too-large']);
});

test('what is known of the content is not measured again', async (desk) => {
  desk.known = BOX;
  const order = new OneOrder();
  await run(desk.handler(order, new Error('must not be measured')), order);
  assert.is(order.state.status, 'PRICE_CALCULATED');
  assert.equal(desk.kept, []);
});

test('faults of the model are remembered, faults of the machine are not', async (desk) => {
  const order = new OneOrder();
  await run(desk.handler(order, { failed: 'not-finite' }), order);
  assert.equal(desk.kept, [{ failed: 'not-finite' }]);
  const other = new OneOrder();
  const crashed = run(desk.handler(other, new AndonError('measure_crashed', 'no')), other);
  assert.is(await crashed.catch(codeOf), 'measure_crashed');
  assert.is(desk.kept.length, 1);
  assert.is(other.state.status, 'PRICING');
});

test('a second attempt goes on where the first one died and starts nothing twice', async ({ handler }) => {
  const order = new OneOrder();
  await run(handler(order, new AndonError('measure_crashed', 'no')), order).catch(() => undefined);
  await run(handler(order), order, { attempt: 2 });
  assert.is(order.state.status, 'PRICE_CALCULATED');
  assert.is(order.version, 4);
  assert.is(order.sent[0]!.commandId, order.sent[1]!.commandId);
});

test('a result that was taken is not taken again, whoever repeats it', async ({ handler }) => {
  const order = new OneOrder();
  await Promise.all([run(handler(order), order), run(handler(order), order, { attempt: 2 })]);
  assert.is(order.version, 4);
  assert.is(order.state.priceVersion, 1);
});

test('a job for an older revision is obsolete before anything is measured', async (desk) => {
  const order = new OneOrder();
  order.state = { ...order.state, revision: 2 };
  assert.equal(await run(desk.handler(order), order), { obsolete: 'wrong_status' });
  assert.equal(desk.measuredPaths, []);
});

test('an order that was cancelled meanwhile makes the result obsolete', async ({ handler }) => {
  const order = new OneOrder();
  await run(handler(order, new AndonError('measure_crashed', 'no')), order).catch(() => undefined);
  order.apply({ type: 'cancelled', by: 'ann', reason: 'changed-mind' });
  assert.equal(await run(handler(order), order, { attempt: 2 }), { obsolete: 'wrong_status' });
  assert.is(order.state.status, 'CANCELLED');
});

test('after the last attempt a person is asked; driven again the job may still bring a price', async ({ handler }) => {
  const order = new OneOrder();
  await run(handler(order, new AndonError('measure_timed_out', 'no')), order).catch(() => undefined);
  const job = { ...order.job, attempt: 5 };
  await handler(order).givenUp!(job, 'measure_timed_out');
  await handler(order).givenUp!(job, 'measure_timed_out');
  assert.equal([order.state.status, order.state.priceFailure], ['PRICE_FAILED', 'not-calculated']);
  assert.is(order.version, 4);
  assert.is(await run(handler(order), order, { drive: 1 }), undefined);
  assert.is(order.state.status, 'PRICE_CALCULATED');
});

test('giving up an order that needs no price any more is no fault', async ({ handler }) => {
  const order = new OneOrder();
  order.apply({ type: 'cancelled', by: 'ann', reason: 'changed-mind' });
  await handler(order).givenUp!(order.job, 'measure_crashed');
  assert.is(order.state.status, 'CANCELLED');
});

test('a runtime that is away, a missing model and a job without an order are thrown: the job is tried again', async (desk) => {
  const order = new OneOrder();
  order.away = new AndonError('unavailable', 'no log');
  assert.is(await run(desk.handler(order), order).catch(codeOf), 'unavailable');
  order.away = undefined;
  desk.missing = true;
  assert.is(await run(desk.handler(order), order).catch(codeOf), 'model_missing');
  assert.is(await run(desk.handler(order), order, { payload: null }).catch(codeOf), 'bad_job');
});

test('content that is not what was uploaded gives no price but PRICE_FAILED damaged, and an alarm', async (desk) => {
  const order = new OneOrder();
  desk.unreadable = new AndonError('content_damaged', 'no');
  assert.is(await run(desk.handler(order), order), undefined);
  assert.equal([order.state.status, order.state.priceFailure], ['PRICE_FAILED', 'damaged']);
  assert.equal(order.done, [order.job.id]);
  assert.equal([desk.alarms, desk.measuredPaths, desk.kept], [['ab'], [], []]);
});

test('content that can not be read here is tried again, and given up because of the storage', async (desk) => {
  const order = new OneOrder();
  desk.unreadable = new AndonError('unavailable', 'no');
  for (const attempt of [1, 2])
    assert.is(await run(desk.handler(order), order, { attempt }).catch(codeOf), 'storage_away');
  assert.equal([order.state.status, waiting(order.state).for, order.version], ['PRICING', 'storage', 4]);
  desk.unreadable = undefined;
  const other = new OneOrder();
  await desk.handler(other).givenUp!(other.job, 'storage_away');
  assert.equal([other.state.status, other.state.priceFailure], ['PRICE_FAILED', 'storage']);
  const crashes = run(desk.handler(order, new AndonError('measure_crashed', 'no')), order, { attempt: 3 });
  assert.is(await crashes.catch(codeOf), 'measure_crashed');
  assert.is(waiting(order.state).for, 'pricing');
  await run(desk.handler(order), order, { attempt: 4 });
  assert.is(order.state.status, 'PRICE_CALCULATED');
});
