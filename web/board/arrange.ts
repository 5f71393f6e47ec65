/**
 * The order in which a lane shows its cards. Pure.
 *
 * While somebody reads or works in the lane nothing may jump: what is shown keeps its place, new cards join only below
 * everything shown, the others wait above and are counted. What left the lane is dropped in either case.
 */
export interface Arranged {
  readonly shown: readonly string[];
  /** How many new cards wait to be put above or between. */
  readonly waiting: number;
}

export function arrange(before: readonly string[], wanted: readonly string[], held: boolean): Arranged {
  if (!held) return { shown: wanted, waiting: 0 };
  const rank = new Map(wanted.map((id, at) => [id, at]));
  const kept = before.filter((id) => rank.has(id));
  if (kept.length === 0) return { shown: wanted, waiting: 0 };
  const known = new Set(kept);
  const lowest = Math.max(...kept.map((id) => rank.get(id) ?? 0));
  const below = wanted.filter((id, at) => at > lowest && !known.has(id));
  return { shown: [...kept, ...below], waiting: wanted.length - kept.length - below.length };
}
