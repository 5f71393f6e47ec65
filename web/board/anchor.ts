/**
 * What stays where it is on the screen when cards above, between or among those in sight come, go or change places: the
 * first of them that keeps its place among the others. Pure.
 */
export interface Seen {
  readonly key: string;
  /** From the top of what is in sight, CSS pixels. */
  readonly y: number;
}

/**
 * `seen`: from top to bottom. `topOf`: where a card stands now, from the top of all; undefined = it has gone. Answers by
 * how much must be scrolled so that the anchor stands at its `y`: the new distance from the top; undefined = all are new.
 */
export function anchored(
  seen: readonly Seen[],
  topOf: (key: string) => number | undefined,
  first?: string,
): number | undefined {
  const left = seen.flatMap(({ key, y }) => {
    const top = topOf(key);
    return top === undefined ? [] : [{ key, y, top }];
  });
  const anchor = left.find(({ key }) => key === first) ?? left[longestRise(left.map(({ top }) => top))];
  return anchor && anchor.top - anchor.y;
}

/** Where the longest run of ever greater values begins that can be picked from left to right. */
function longestRise(values: readonly number[]): number {
  const best: { length: number }[] = [];
  let start = 0;
  for (let at = values.length - 1; at >= 0; at--) {
    let length = 1;
    for (let next = at + 1; next < values.length; next++)
      if ((values[next] ?? 0) > (values[at] ?? 0)) length = Math.max(length, 1 + (best[next]?.length ?? 0));
    best[at] = { length };
    if (length >= (best[start]?.length ?? 0)) start = at;
  }
  return start;
}
