/**
 * Is a mesh closed, and of how many pieces? Over numbered vertices (`welder.ts`).
 *
 * Closed: every edge is used exactly once in each direction. Half-edges are put into one bucket per lower vertex by
 * counting (no hash table: buckets of neighbours lie side by side), sorted within the bucket and looked at in pairs.
 * A triangle with two equal vertices is left out: its other two edges are each other's opposite.
 */
export interface Topology {
  readonly closed: boolean;
  readonly shells: number;
}

/** `corners`: three vertex numbers per triangle, all below `vertices`. */
export function topologyOf(corners: Uint32Array, triangles: number, vertices: number): Topology {
  const ends = new Uint32Array(vertices + 1);
  const shells = new Shells(vertices);
  const last = 3 * triangles;
  for (let i = 0; i < last; i += 3) {
    const a = corners[i] ?? 0;
    const b = corners[i + 1] ?? 0;
    const c = corners[i + 2] ?? 0;
    if (a === b || b === c || c === a) continue;
    count(ends, Math.min(a, b));
    count(ends, Math.min(b, c));
    count(ends, Math.min(c, a));
    shells.join(a, b, c);
  }
  return { closed: everyEdgeTwice(corners, last, ends), shells: shells.count };
}

const count = (ends: Uint32Array, vertex: number): void => {
  ends[vertex + 1] = (ends[vertex + 1] ?? 0) + 1;
};

/** `ends[v + 1]` = number of half-edges whose lower vertex is v. */
function everyEdgeTwice(corners: Uint32Array, last: number, ends: Uint32Array): boolean {
  for (let v = 1; v < ends.length; v++) ends[v] = (ends[v] ?? 0) + (ends[v - 1] ?? 0);
  const total = ends[ends.length - 1] ?? 0;
  const halves = new Uint32Array(total);
  const put = (from: number, to: number): void => {
    const low = Math.min(from, to);
    const place = ends[low] ?? 0;
    halves[place] = from < to ? 2 * to : 2 * from + 1;
    ends[low] = place + 1;
  };
  for (let i = 0; i < last; i += 3) {
    const a = corners[i] ?? 0;
    const b = corners[i + 1] ?? 0;
    const c = corners[i + 2] ?? 0;
    if (a === b || b === c || c === a) continue;
    put(a, b);
    put(b, c);
    put(c, a);
  }
  let from = 0;
  for (let v = 0; v + 1 < ends.length; v++) {
    const to = ends[v] ?? 0;
    if (!pairsOnly(halves, from, to)) return false;
    from = to;
  }
  return total > 0;
}

/** The bucket holds, for each other vertex, exactly one half-edge there (even) and one back (odd). */
function pairsOnly(halves: Uint32Array, from: number, to: number): boolean {
  if ((to - from) % 2 !== 0) return false;
  sort(halves, from, to);
  for (let i = from; i < to; i += 2) {
    const there = halves[i] ?? 0;
    if (there % 2 !== 0 || halves[i + 1] !== there + 1) return false;
  }
  return true;
}

function sort(words: Uint32Array, from: number, to: number): void {
  if (to - from > 24) {
    words.subarray(from, to).sort();
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const word = words[i] ?? 0;
    let j = i - 1;
    while (j >= from && (words[j] ?? 0) > word) {
      words[j + 1] = words[j] ?? 0;
      j--;
    }
    words[j + 1] = word;
  }
}

/** Union-find with path halving: pieces = vertices in use − unions that joined two pieces. */
class Shells {
  count = 0;
  readonly #parent: Int32Array;

  constructor(vertices: number) {
    this.#parent = new Int32Array(vertices).fill(-1);
  }

  join(a: number, b: number, c: number): void {
    this.#union(this.#root(a), this.#root(b));
    this.#union(this.#root(b), this.#root(c));
  }

  #union(a: number, b: number): void {
    if (a === b) return;
    this.#parent[Math.max(a, b)] = Math.min(a, b);
    this.count--;
  }

  #root(vertex: number): number {
    const parent = this.#parent;
    let v = vertex;
    if (parent[v] === -1) {
      parent[v] = v;
      this.count++;
      return v;
    }
    for (let up = parent[v] ?? v; up !== v; up = parent[v] ?? v) {
      const next = parent[up] ?? up;
      parent[v] = next;
      v = next;
    }
    return v;
  }
}
