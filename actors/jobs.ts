/** Names and payloads of jobs. Their handlers stand in `gateways/work`. */
import type { NewJob } from '../src/runtime/actor.ts';
import { HOUSE } from './roles.ts';

export const JOB_KINDS = ['price', 'timer', 'let-go', 'ingest'] as const;
export type JobKind = (typeof JOB_KINDS)[number];
const INGEST: JobKind = 'ingest';

/** Calculate the price of this revision of the order. */
export interface PriceJob {
  readonly order: string;
  readonly revision: number;
}

/** What an order is told of as `deadline-passed`. */
export const DEADLINES = ['price', 'cancellation', 'hand-over', 'close'] as const;
export type TimerName = 'expire' | (typeof DEADLINES)[number];

/** Tell the order that a deadline has passed. `version` tells this deadline from later ones of the same name. */
export interface TimerJob {
  readonly order: string;
  readonly name: TimerName;
  readonly version: number;
}

/** Take from an operator whose shift is over what it has not begun. */
export interface LetGoJob {
  readonly operator: string;
}

/** Bring this content from the spool to the object store. Made with the model's row, not by an append. */
export interface IngestJob {
  readonly sha256: string;
}

/** A node with a spool of its own has a kind of its own: only workers there see the content. '' = all share one. */
export const ingestKind = (node: string): string => (node === '' ? INGEST : `${INGEST}:${node}`);

const job = (id: string, kind: JobKind, payload: PriceJob | TimerJob | LetGoJob): NewJob => ({ id, kind, payload });

/** A partner's jobs count against its share of the workers. `since`: in the queue as if it had come then, RFC 3339. */
export const priceJob = (id: string, payload: PriceJob, tenant: string, since?: string): NewJob => ({
  ...job(id, 'price', payload),
  ...(since === undefined ? {} : { due: since }),
  ...(tenant === HOUSE ? {} : { share: tenant }),
});

/** Not looked at before `due`, RFC 3339. */
export const timerJob = (id: string, payload: TimerJob, due: string): NewJob => ({ ...job(id, 'timer', payload), due });

export const letGoJob = (id: string, payload: LetGoJob): NewJob => job(id, 'let-go', payload);
