/** Negative, 0 or positive, as positions `<ms>-<n>` of a stream are ordered: as pairs of integers. */
export function comparePositions(a: string, b: string): number {
  const [aMs = '0', aN = '0'] = a.split('-');
  const [bMs = '0', bN = '0'] = b.split('-');
  return Number(aMs) - Number(bMs) || Number(aN) - Number(bN);
}
