/** What every process needs of the business: its actors with their facts, tariffs and models. */
import { ingestKind } from '../../actors/jobs.ts';
import { operator } from '../../actors/operator/operator.ts';
import type { OperatorState } from '../../actors/operator/state.ts';
import { slotPrefix } from '../../actors/order/claims.ts';
import type { OrderFacts } from '../../actors/order/facts.ts';
import { order } from '../../actors/order/order.ts';
import type { Times } from '../../actors/order/times.ts';
import type { TariffBook } from '../../actors/pricing/book.ts';
import { TariffWatch } from '../../gateways/work/tariff-watch.ts';
import type { Core } from '../core.ts';
import { modelFacts } from '../files/model-fact.ts';
import { Models } from '../files/models.ts';
import { openContents } from '../files/open.ts';
import type { Envelope } from '../runtime/actor.ts';
import { commandHash } from '../runtime/command-hash.ts';
import type { FactProviders } from '../runtime/facts.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** What the business needs of the machine, the same in every process. */
export interface House {
  readonly runtime: Runtime;
  tariffs(): TariffBook;
  /** What the process must call itself degraded for. */
  degraded(): readonly string[];
  readonly models: Models;
  hashOf(envelope: Omit<Envelope, 'hash'>): string;
}

export async function openHouse(core: Core): Promise<House> {
  const { config, pool, log } = core;
  const watch = await TariffWatch.open(config.tariffsDir, {
    taken: (sites) => log.info({ event_type: 'tariffs_taken', sites }, 'new tariffs are in use'),
    refused: (faults) => log.error({ event_type: 'tariffs_refused', faults }, 'the old tariffs stay in use'),
  });
  const tariffs = (): TariffBook => watch.book;
  const { uploadBytes: modelBytes, ownerBytes, spooledBytes, spoolNode: node } = config;
  const contents = await openContents(config, (error) =>
    log.warn({ event_type: 'storage_away', error }, 'an upload stays in the spool'),
  );
  const spoolOf = { node, jobKind: ingestKind(node) };
  const models = new Models(pool, contents, { modelBytes, ownerBytes, spooledBytes }, spoolOf);
  const { expireMs, priceValidMs: priceMs, cancelMs, handOverMs, closeMs } = config;
  const times: Times = { expireMs, priceMs, cancelMs, handOverMs, closeMs };
  const facts = {
    operator: {
      kind: operator.kind,
      claimPrefix: slotPrefix,
      shape: (state: unknown, slots: readonly number[]) =>
        ({ state: state as OperatorState, slots }) satisfies OrderFacts['operator'],
    },
    number: async () => {
      const { rows } = await pool.query<{ n: string }>(`SELECT nextval('order_number') AS n`);
      return rows[0]?.n;
    },
    model: modelFacts(models),
    tariffs: async () => tariffs(),
    times: async () => times,
  } satisfies FactProviders & Record<keyof OrderFacts, unknown>;
  return {
    runtime: core.runtime([order, operator], facts),
    tariffs,
    degraded: () => [...(watch.stale ? ['tariffs'] : []), ...(contents.storeAway ? ['storage'] : [])],
    models,
    hashOf: (envelope) => commandHash(config.secret, envelope),
  };
}
