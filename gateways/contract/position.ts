/** Positions of a board, `<ms>-<n>`. No schema in here: pages take it without the schema library. */

/** Negative, 0 or positive, as positions are ordered. */
export function comparePositions(a: string, b: string): number {
  const [aMs = '0', aN = '0'] = a.split('-');
  const [bMs = '0', bN = '0'] = b.split('-');
  return Number(aMs) - Number(bMs) || Number(aN) - Number(bN);
}
