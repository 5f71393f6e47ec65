/** How long orders of this site usually stay in a status, and what that says of one that stands there now. */
import { signal } from '@preact/signals';
import type { Usual } from '../../gateways/contract/board.ts';
import type { Card } from '../../gateways/contract/card.ts';

export const usual = signal<Usual>({});

/**
 * Does a card tell how long it has stood in its status? What it tells is since when it waits as it does: a hold, a
 * cancellation asked for and a holder, or another, begin that anew. Pure.
 */
export const tellsStay = ({ status, capture, hold, cancellation, waiting }: Card): boolean =>
  hold === null &&
  cancellation === null &&
  (status !== 'MANUFACTURING_APPROVED' || capture === null) &&
  (status !== 'MANUFACTURING_STARTED' || (capture !== null && capture.since !== waiting.since));

export interface Stay {
  /** `usual`: no longer than most; `over`: longer than 95 of 100; undefined: nothing is known of this status. */
  readonly is: 'usual' | 'long' | 'over' | undefined;
  readonly median?: number;
}

/** Pure. `ms`: so long it has stood there, without holds. */
export function weighed(known: Usual, status: string, ms: number): Stay {
  const figures = known[status];
  if (figures === undefined) return { is: undefined };
  const { median, p95 } = figures;
  return { is: ms > p95 ? 'over' : ms > median ? 'long' : 'usual', median };
}
