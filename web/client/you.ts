/**
 * What is said to me alone: an order is offered to me, somebody asks to cancel one I answer for, one I held is no longer
 * mine. A message may be lost (nothing is kept for who is away), so the board stays the truth and this only says *look*.
 */
import type { You } from '../../gateways/contract/live.ts';
import type { Line } from './line.ts';

/** Call once per `/mes` line; it goes on after every reconnection. A notice comes once, also if two nodes tell it. */
export function onYou(line: Pick<Line, 'on'>, hear: (notice: You) => void): () => void {
  const heard = new Set<string>();
  return line.on('you', (notice) => {
    const key = `${notice.order} ${notice.version} ${notice.kind}`;
    if (heard.has(key)) return;
    heard.add(key);
    hear(notice);
  });
}
