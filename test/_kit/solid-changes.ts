/** Solids made of others. */
import type { Point, Solid } from './solids.ts';

export function move(solid: Solid, by: Point): Solid {
  return { ...solid, name: `moved ${solid.name}`, triangles: solid.triangles.map((v, i) => v + by[i % 3]!) };
}

/** The same solid with every triangle turned inside out. */
export function invert(solid: Solid): Solid {
  const triangles: number[] = [];
  for (let t = 0; t < solid.triangles.length; t += 9) {
    const corner = (c: number): readonly number[] => solid.triangles.slice(t + 3 * c, t + 3 * c + 3);
    triangles.push(...corner(0), ...corner(2), ...corner(1));
  }
  return { ...solid, name: `inverted ${solid.name}`, triangles };
}

/** Two solids that do not touch, in one file, the second `gap` beyond the first along x. */
export function beside(a: Solid, b: Solid, gap = 5): Solid {
  const along = (s: Solid, pick: (...v: number[]) => number): number =>
    s.triangles.reduce((best, v, i) => (i % 3 === 0 ? pick(best, v) : best), s.triangles[0] ?? 0);
  const shift = along(a, Math.max) + gap - along(b, Math.min);
  const moved = move(b, [shift, 0, 0]);
  const triangles = [...a.triangles, ...moved.triangles];
  const span = (k: number): number => {
    const axis = triangles.filter((_, i) => i % 3 === k);
    return axis.reduce((x, y) => Math.max(x, y)) - axis.reduce((x, y) => Math.min(x, y));
  };
  return {
    name: `${a.name} beside ${b.name}`,
    triangles,
    volumeMm3: a.volumeMm3 + b.volumeMm3,
    areaMm2: a.areaMm2 + b.areaMm2,
    sizeMm: [span(0), span(1), span(2)],
    shells: a.shells + b.shells,
  };
}

/** `outside` with `inside` cut out of it: one file, two shells, the inner one facing inwards. */
export function hollow(outside: Solid, inside: Solid): Solid {
  return {
    name: `hollow ${outside.name}`,
    triangles: [...outside.triangles, ...invert(inside).triangles],
    volumeMm3: outside.volumeMm3 - inside.volumeMm3,
    areaMm2: outside.areaMm2 + inside.areaMm2,
    sizeMm: outside.sizeMm,
    shells: outside.shells + inside.shells,
  };
}
