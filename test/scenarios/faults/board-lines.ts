/** A board as lines `<lane> <order> <version>`, as its digest is made of. */
import { createHash } from 'node:crypto';
import type { Lane } from '../../../gateways/contract/card.ts';

export const LANES = ['new', 'in_work', 'made'] as const;

type Places = Iterable<readonly [order: string, { readonly lane: Lane | null; readonly version: number }]>;

export function linesOf(places: Places): string[] {
  const orders = [...places].sort(([a], [b]) => (a < b ? -1 : 1));
  return LANES.flatMap((lane) =>
    orders.flatMap(([order, place]) => (place.lane === lane ? [`${lane} ${order} ${place.version}`] : [])),
  );
}

export const digestOf = (lines: readonly string[]): string =>
  createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
