/** Names and payloads of jobs. Their handlers stand in `gateways/work`. */
import type { NewJob } from '../src/runtime/actor.ts';
import { HOUSE } from './roles.ts';

export const JOB_KINDS = ['price'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** Calculate the price of this revision of the order. */
export interface PriceJob {
  readonly order: string;
  readonly revision: number;
}

/** A partner's jobs count against its share of the workers. */
export const priceJob = (id: string, payload: PriceJob, tenant: string): NewJob => ({
  id,
  kind: 'price' satisfies JobKind,
  payload,
  ...(tenant === HOUSE ? {} : { share: tenant }),
});
