/** Binary STL: a header, the number of triangles, and for each its normal and three corners, little-endian, mm. */
import type { Point, Solid } from './solid.ts';

const HEADER = 80;
const TRIANGLE = 50;

function normal(a: Point, b: Point, c: Point): Point {
  const [ux, uy, uz] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [vx, vy, vz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const [x, y, z] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/** `left`: so many triangles are left out at the end, as in a file that nobody checked. */
export function binaryStl({ points, triangles }: Solid, title: string, left = 0): Uint8Array<ArrayBuffer> {
  const count = triangles.length / 3 - left;
  const bytes = new Uint8Array(HEADER + 4 + TRIANGLE * count);
  bytes.set(new TextEncoder().encode(title.slice(0, HEADER)));
  const view = new DataView(bytes.buffer);
  view.setUint32(HEADER, count, true);
  for (let t = 0, at = HEADER + 4; t < count; t++, at += TRIANGLE) {
    const [a, b, c] = [0, 1, 2].map((corner) => points[triangles[3 * t + corner] ?? 0]);
    if (a === undefined || b === undefined || c === undefined) throw new Error('a triangle names a point there is not');
    for (const [i, value] of [...normal(a, b, c), ...a, ...b, ...c].entries()) view.setFloat32(at + 4 * i, value, true);
  }
  return bytes;
}
