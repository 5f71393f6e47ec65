/** What guards of an order need to know from elsewhere. Facts are advisory; what must be hard is a claim. */
import type { FactRequest } from '../../src/runtime/actor.ts';
import type { OperatorFact } from '../operator/state.ts';
import type { TariffBook } from '../pricing/book.ts';
import type { ModelFacts } from './state.ts';
import type { Times } from './times.ts';

export interface ModelFact {
  readonly id: string;
  readonly tenant: string;
  readonly owner: string;
  readonly name: string;
  readonly bytes: number;
  /** Kept for good, not only in the spool. */
  readonly stored: boolean;
  /** What its content was measured to be, once that is known. */
  readonly facts?: ModelFacts;
}

export interface OrderFacts {
  /** The operator whom the command is about: who captures or accepts, or to whom an order is handed over. */
  readonly operator: OperatorFact;
  /** Next number of the sequence; the site's prefix is added to it. */
  readonly number: string;
  readonly model: ModelFact;
  /** The tariffs of all sites: which one applies, only the order knows. */
  readonly tariffs: TariffBook;
  /** Those that differ from the defaults. */
  readonly times: Partial<Times>;
}

type FactName = keyof OrderFacts;
const ask = (fact: FactName, id: string): FactRequest => ({ fact, id });

export const operatorFact = (id: string): FactRequest => ask('operator', id);
export const modelFact = (id: string): FactRequest => ask('model', id);
/** Facts about nothing in particular have the id `all`. */
export const numberFact: FactRequest = ask('number', 'all');
export const tariffsFact: FactRequest = ask('tariffs', 'all');
export const timesFact: FactRequest = ask('times', 'all');
