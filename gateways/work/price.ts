/**
 * Jobs of kind `price`: measures the order's model in a limited child (or takes what is known of its content), prices it
 * by the tariff of the order's site and tells the order. The append that takes the result finishes the job.
 * Content is compared with its hash before it is measured: damaged bytes give no price.
 */
import type { PriceJob } from '../../actors/jobs.ts';
import type { OrderCommand } from '../../actors/order/commands.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { type TariffBook, tariffOf } from '../../actors/pricing/book.ts';
import { price } from '../../actors/pricing/price.ts';
import { AndonError, codeOf } from '../../src/errors.ts';
import type { MeasureOnce } from '../../src/files/measure-once.ts';
import type { Models, StoredModel } from '../../src/files/models.ts';
import { type MeasureLimits, measure } from '../../src/geometry/measure.ts';
import type { Measured } from '../../src/geometry/mesh-facts.ts';
import type { Answer } from '../../src/runtime/actor.ts';
import type { Handler, Outcome } from '../../src/work/attempt.ts';
import type { Job } from '../../src/work/jobs.ts';
import { type OrderLine, outcomeOf, tellOrder } from './tell-order.ts';

export interface PriceTools extends OrderLine {
  readonly models: Pick<Models, 'stat' | 'checkedFile' | 'keepMeasured'>;
  readonly once: Pick<MeasureOnce, 'run'>;
  tariffs(): TariffBook;
  readonly limits: MeasureLimits;
  /** How long a price holds, milliseconds. */
  readonly validMs: number;
  /** An alarm: the store gave back something else than it was given. */
  damaged(model: StoredModel): void;
  /** Stands in for the child in tests. */
  readonly measure?: typeof measure;
}

export const priceHandler = (tools: PriceTools): Handler => ({
  async run(job, signal): Promise<Outcome> {
    const { revision } = payloadOf(job);
    const started = await tell(tools, job, 'started', { type: 'pricing-started', revision, job: job.id });
    if (!started.ok) return outcomeOf(started);
    const order = started.state;
    const measured = await measuredOf(tools, job, order.model.id, signal).catch(async (error: unknown) => {
      if (codeOf(error) === STORAGE_AWAY) await tellStorage(tools, job, { storage: true });
      throw error;
    });
    if (measured === 'damaged') {
      const failed = { type: 'pricing-failed', revision, job: job.id, reason: 'damaged' } as const;
      return outcomeOf(await tell(tools, job, 'result', failed));
    }
    return outcomeOf(await tell(tools, job, 'result', resultOf(tools, job, order, measured)));
  },

  /** A person sets the price then; the dead job may be driven again. */
  async givenUp(job, code): Promise<void> {
    const { revision } = payloadOf(job);
    const reason = code === STORAGE_AWAY ? 'storage' : 'not-calculated';
    const failed = { type: 'pricing-failed', revision, job: job.id, reason } as const;
    outcomeOf(await tell(tools, job, 'given-up', failed));
  },
});

function resultOf(tools: PriceTools, job: Job, order: OrderState, measured: Measured): OrderCommand {
  const about = { revision: order.revision, job: job.id };
  const { facts } = measured;
  if (measured.failed !== undefined) {
    return { type: 'pricing-failed', ...about, reason: measured.failed, ...(facts ? { facts: plain(facts) } : {}) };
  }
  const tariff = tariffOf(tools.tariffs(), order.site);
  if (tariff === undefined) throw new AndonError('no_tariff', `site ${order.site} has no tariff`);
  const priced = price(tariff, order.settings, measured.facts);
  if ('failure' in priced) {
    return { type: 'pricing-failed', ...about, reason: priced.failure, facts: plain(measured.facts) };
  }
  const { amount, currency, lines } = priced;
  return {
    type: 'priced',
    ...about,
    facts: plain(measured.facts),
    amount,
    currency,
    lines: [...lines],
    tariff: tariff.version,
    validMs: tools.validMs,
  };
}

/** Also: the content waits in the spool of another node. */
const STORAGE_AWAY = 'storage_away';

/** Under ids of this attempt: an earlier one may have said so too, and a later one the opposite. What it answers is no matter. */
const tellStorage = (tools: PriceTools, job: Job, said: { readonly storage?: true }): Promise<unknown> => {
  const { revision } = payloadOf(job);
  const step = `${said.storage ? 'no-storage' : 'storage'}-${job.attempt}`;
  return tell(tools, job, step, { type: 'pricing-started', revision, job: job.id, ...said });
};

async function measuredOf(tools: PriceTools, job: Job, id: string, signal: AbortSignal): Promise<Measured | 'damaged'> {
  const model: StoredModel | undefined = await tools.models.stat(id);
  if (model === undefined) throw new AndonError('model_missing', `model ${id} is not in the store`, { retry: 'later' });
  if (model.measured !== undefined) return model.measured;
  const look = async (): Promise<Measured> => {
    const content = await contentOf(tools, model, signal);
    if (job.attempt > 1) await tellStorage(tools, job, {});
    const sight = await (tools.measure ?? measure)(content, tools.limits, { signal });
    await tools.models.keepMeasured(model, sight);
    return sight.measured;
  };
  return tools.once.run(model.sha256, signal, look).catch((error: unknown) => {
    if (codeOf(error) !== 'content_damaged') throw error;
    tools.damaged(model);
    return 'damaged';
  });
}

const contentOf = ({ models }: PriceTools, model: StoredModel, signal: AbortSignal): Promise<string> =>
  models.checkedFile(model, signal).catch((cause: unknown) => {
    if (codeOf(cause) !== 'unavailable') throw cause;
    throw new AndonError(STORAGE_AWAY, 'the content of the model can’t be read here', { retry: 'later', cause });
  });

const tell = (tools: PriceTools, job: Job, step: string, command: OrderCommand): Promise<Answer<OrderState>> =>
  tellOrder(tools, job, payloadOf(job).order, step, command);

function payloadOf({ id, payload }: Job): PriceJob {
  const { order, revision } = (payload ?? {}) as Partial<PriceJob>;
  if (typeof order !== 'string' || typeof revision !== 'number') {
    throw new AndonError('bad_job', `job ${id} names no order and revision`);
  }
  return { order, revision };
}

/** As the command's schema wants it: a tuple that may be written to. */
const plain = <F extends { readonly sizeMm: readonly [number, number, number] }>({
  sizeMm: [x, y, z],
  ...facts
}: F) => ({
  ...facts,
  sizeMm: [x, y, z] as [number, number, number],
});
