/** Stretches of time that lie within each other. */
export interface Nested {
  /** Milliseconds of some clock. */
  readonly at: number;
  readonly ms: number;
}

/** Those that lie in no other. */
export function outermost<T extends Nested>(stretches: readonly T[]): readonly T[] {
  let end = 0;
  return outerFirst(stretches).filter(({ at, ms }) => {
    if (at < end) return false;
    end = at + ms;
    return true;
  });
}

/** Of what lies within `whole`, by name, milliseconds: each without what lies within it again. */
export function selfTimes<T extends Nested & { readonly name: string }>(
  whole: Nested,
  stretches: readonly T[],
): ReadonlyMap<string, number> {
  const end = whole.at + whole.ms;
  const within = outerFirst(stretches.filter(({ at, ms }) => at >= whole.at && at + ms <= end));
  const times = new Map<string, number>();
  const add = (name: string, ms: number): unknown => times.set(name, (times.get(name) ?? 0) + ms);
  const open: T[] = [];
  for (const one of within) {
    while ((open.at(-1)?.at ?? 0) + (open.at(-1)?.ms ?? 0) <= one.at && open.length > 0) open.pop();
    const around = open.at(-1);
    if (around !== undefined) add(around.name, -one.ms);
    add(one.name, one.ms);
    open.push(one);
  }
  return times;
}

const outerFirst = <T extends Nested>(stretches: readonly T[]): readonly T[] =>
  stretches.toSorted((a, b) => a.at - b.at || b.ms - a.ms);
