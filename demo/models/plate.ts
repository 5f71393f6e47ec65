/** A flat shape with holes, made `height` mm thick. */
import { type Flat, triangulate } from './outline.ts';
import type { Point, Solid } from './solid.ts';

export function plate(outline: readonly Flat[], holes: readonly (readonly Flat[])[], height: number): Solid {
  const flat = [outline, ...holes].flat();
  const points = [0, height].flatMap((z) => flat.map(([x, y]): Point => [x, y, z]));
  const above = flat.length;
  const face = triangulate(outline, holes);
  const top = face.map((i) => i + above);
  const bottom = face.toReversed();
  const sides: number[] = [];
  let first = 0;
  for (const line of [outline, ...holes]) {
    for (let i = 0; i < line.length; i++) {
      const [a, b] = [first + i, first + ((i + 1) % line.length)];
      // The wall of a hole looks inwards.
      const [from, to] = first === 0 ? [a, b] : [b, a];
      sides.push(from, to, to + above, from, to + above, from + above);
    }
    first += line.length;
  }
  return { points, triangles: [...bottom, ...top, ...sides] };
}
