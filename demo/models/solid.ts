/** A solid as triangles over shared points: who shares a point has the very same bytes, so no gap opens between them. */
export type Point = readonly [number, number, number];

export interface Solid {
  readonly points: readonly Point[];
  /** Indices of points, three per triangle, counter-clockwise from outside. */
  readonly triangles: readonly number[];
}

const quad = (a: number, b: number, c: number, d: number): number[] => [a, b, c, a, c, d];

/**
 * A surface that closes in both directions, like the skin of a ring: `u` once around the axis, `v` once around the
 * section, both from 0 to 1. Turns right-handed when `u` goes counter-clockwise seen from above and `v` from outside upwards.
 */
export function closedBand(around: number, across: number, at: (u: number, v: number) => Point): Solid {
  const points: Point[] = [];
  const triangles: number[] = [];
  const index = (i: number, j: number): number => (i % around) * across + (j % across);
  for (let i = 0; i < around; i++)
    for (let j = 0; j < across; j++) {
      points.push(at(i / around, j / across));
      triangles.push(...quad(index(i, j), index(i + 1, j), index(i + 1, j + 1), index(i, j + 1)));
    }
  return { points, triangles };
}

/** A surface like a ball's: `u` once around the axis, `v` from the lower pole (0) to the upper (1). */
export function closedBall(around: number, rows: number, at: (u: number, v: number) => Point): Solid {
  const points: Point[] = [at(0, 0)];
  const triangles: number[] = [];
  const index = (row: number, i: number): number => 1 + (row - 1) * around + (i % around);
  for (let row = 1; row < rows; row++) for (let i = 0; i < around; i++) points.push(at(i / around, row / rows));
  const top = points.push(at(0, 1)) - 1;
  for (let i = 0; i < around; i++) {
    triangles.push(0, index(1, i + 1), index(1, i));
    for (let row = 1; row < rows - 1; row++)
      triangles.push(...quad(index(row, i), index(row, i + 1), index(row + 1, i + 1), index(row + 1, i)));
    triangles.push(index(rows - 1, i), index(rows - 1, i + 1), top);
  }
  return { points, triangles };
}
