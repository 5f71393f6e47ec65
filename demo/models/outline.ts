/** Flat shapes: closed lines of points, counter-clockwise, and how a shape with holes is cut into triangles. */
export type Flat = readonly [number, number];

export const circle = (x: number, y: number, radius: number, segments: number): Flat[] =>
  Array.from({ length: segments }, (_, i) => {
    const turn = (2 * Math.PI * i) / segments;
    return [x + radius * Math.cos(turn), y + radius * Math.sin(turn)];
  });

/** Twice the area of the triangle; positive when it turns left. */
const turn = (a: Flat, b: Flat, c: Flat): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** All edges of a loop of indices. */
const edges = (loop: readonly number[]): (readonly [number, number])[] =>
  loop.map((from, i) => [from, loop[(i + 1) % loop.length] ?? from]);

/** Do the lines cross anywhere but at ends they share? */
function cross(points: readonly Flat[], [a, b]: readonly [number, number], [c, d]: readonly [number, number]): boolean {
  if (a === c || a === d || b === c || b === d) return false;
  const [p, q, r, s] = [points[a], points[b], points[c], points[d]];
  if (p === undefined || q === undefined || r === undefined || s === undefined) return false;
  return turn(p, q, r) * turn(p, q, s) <= 0 && turn(r, s, p) * turn(r, s, q) <= 0;
}

/** One loop for a shape with holes: each hole is reached over a bridge, walked there and back. */
function bridged(points: readonly Flat[], outside: readonly number[], holes: readonly (readonly number[])[]): number[] {
  let loop = [...outside];
  const left = [...holes];
  for (let hole = left.shift(); hole !== undefined; hole = left.shift()) {
    const walls = [...edges(loop), ...edges(hole), ...left.flatMap(edges)];
    const free = (a: number, b: number): boolean => !walls.some((wall) => cross(points, [a, b], wall));
    let best = { far: Number.POSITIVE_INFINITY, at: 0, to: 0 };
    for (const [at, a] of loop.entries())
      for (const [to, b] of hole.entries()) {
        const [p, q] = [points[a], points[b]];
        if (p === undefined || q === undefined) continue;
        const far = Math.hypot(p[0] - q[0], p[1] - q[1]);
        if (far < best.far && free(a, b)) best = { far, at, to };
      }
    // A hole is walked clockwise.
    const turned = [...hole.slice(best.to), ...hole.slice(0, best.to)].reverse();
    const [entry = 0] = turned.slice(-1);
    loop = [...loop.slice(0, best.at + 1), entry, ...turned, ...loop.slice(best.at)];
  }
  return loop;
}

/** Is some other point of the loop within the ear? */
const occupied = (points: readonly Flat[], loop: readonly number[], ear: readonly number[]): boolean => {
  const [a, b, c] = ear.map((i) => points[i]);
  if (a === undefined || b === undefined || c === undefined) return true;
  const same = (p: Flat): boolean => [a, b, c].some((q) => p[0] === q[0] && p[1] === q[1]);
  return loop.some((i) => {
    const p = points[i];
    return p !== undefined && !same(p) && turn(a, b, p) >= 0 && turn(b, c, p) >= 0 && turn(c, a, p) >= 0;
  });
};

/** Ear by ear (Meisters 1975). `points`: those of the outline, then of the holes, one after the other. */
export function triangulate(outline: readonly Flat[], holes: readonly (readonly Flat[])[]): number[] {
  const points = [outline, ...holes].flat();
  let first = 0;
  const loops = [outline, ...holes].map((line) => line.map(() => first++));
  const loop = bridged(points, loops[0] ?? [], loops.slice(1));
  const triangles: number[] = [];
  for (let i = 0, tries = 0; loop.length > 2; i++) {
    if (tries++ > loop.length) throw new Error('this outline has no ear: it crosses itself');
    const at = i % loop.length;
    const ear = [loop.at(at - 1) ?? 0, loop[at] ?? 0, loop[(at + 1) % loop.length] ?? 0] as const;
    const [a, b, c] = ear.map((n) => points[n]);
    if (a === undefined || b === undefined || c === undefined || turn(a, b, c) <= 0) continue;
    if (occupied(points, loop, ear)) continue;
    triangles.push(...ear);
    loop.splice(at, 1);
    tries = 0;
  }
  return triangles;
}
