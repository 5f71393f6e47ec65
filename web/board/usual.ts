/** How long orders of this site usually stay in a status, and what that says of one that stands there now. */
import { signal } from '@preact/signals';
import type { Usual } from '../../gateways/contract/board.ts';

export const usual = signal<Usual>({});

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
