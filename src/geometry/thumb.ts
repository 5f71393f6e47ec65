/**
 * A small picture of a mesh, drawn in the limited child: every triangle, flat shaded, orthographic, seen from the front,
 * right and above (z is up). Greys on nothing, so that it stands on any ground.
 *
 * Invariants: the same mesh gives the same picture; memory does not grow with the mesh; the work is bounded by `MOST_SAMPLES`
 * whatever the triangles cover. A mesh that asks for more, or covers no sample, has no picture.
 */
import { encodeGreys } from './png.ts';

/** Width and height in pixels. */
export const THUMB_SIDE = 160;

/** Greys there are, and samples per pixel along each side. */
const GREYS = 24;
const FINE = 2;
const SIDE = THUMB_SIDE * FINE;
const MARGIN = 0.06 * SIDE;

/** About a second of work. Most meshes cover each sample a few times. */
const MOST_SAMPLES = 128e6;
/** What a triangle costs before its first line of samples, and a line before its first sample, in samples. */
const SETUP = 16;
const ROW = 4;

type Vector = readonly [number, number, number];
const cross = ([ax, ay, az]: Vector, [bx, by, bz]: Vector): Vector => [
  ay * bz - az * by,
  az * bx - ax * bz,
  ax * by - ay * bx,
];
const unit = ([x, y, z]: Vector): Vector => {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
};

/** Towards the eye, and the axes of the picture. */
const EYE = unit([2, -3, 2]);
const RIGHT = unit([3, 2, 0]);
const UP = cross(EYE, RIGHT);
/** Towards the light in the axes of the picture: over the left shoulder. */
const LIGHT = unit([-4, 6, 6]);
const AMBIENT = 0.22;

export interface Drawn {
  /** Three vertex numbers per triangle. */
  readonly corners: Uint32Array;
  readonly triangles: number;
  /** Three coordinates per vertex, mm. */
  readonly places: Float32Array;
  readonly vertices: number;
}

/** A PNG; undefined = no picture. */
export function drawThumb(mesh: Drawn): Uint8Array | undefined {
  const frame = frameOf(mesh);
  if (frame === undefined) return undefined;
  const canvas = new Canvas();
  const { corners, places } = mesh;
  const points = new Float64Array(9);
  for (let i = 0, last = 3 * mesh.triangles; i < last; i += 3) {
    for (let c = 0; c < 3; c++) frame.project(places, 3 * (corners[i + c] ?? 0), points, 3 * c);
    if (!canvas.triangle(points)) return undefined;
  }
  return canvas.png();
}

interface Frame {
  /** Right, down and towards the eye, in samples. */
  project(places: Float32Array, from: number, into: Float64Array, at: number): void;
}

const along = ([x, y, z]: Vector, places: Float32Array, from: number): number =>
  x * (places[from] ?? 0) + y * (places[from + 1] ?? 0) + z * (places[from + 2] ?? 0);

/** Everything in the middle of the picture, as large as it goes. */
function frameOf({ places, vertices }: Drawn): Frame | undefined {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let from = 0; from < 3 * vertices; from += 3) {
    const x = along(RIGHT, places, from);
    const y = along(UP, places, from);
    x0 = Math.min(x0, x);
    x1 = Math.max(x1, x);
    y0 = Math.min(y0, y);
    y1 = Math.max(y1, y);
  }
  const scale = (SIDE - 2 * MARGIN) / Math.max(x1 - x0, y1 - y0);
  if (!Number.isFinite(scale)) return undefined;
  const [middleX, middleY] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return {
    project(places, from, into, at) {
      into[at] = SIDE / 2 + (along(RIGHT, places, from) - middleX) * scale;
      into[at + 1] = SIDE / 2 - (along(UP, places, from) - middleY) * scale;
      into[at + 2] = along(EYE, places, from) * scale;
    },
  };
}

/** Nearest surface per sample. */
class Canvas {
  readonly #depth = new Float64Array(SIDE * SIDE).fill(-Infinity);
  /** 0 = nothing, else grey + 1. */
  readonly #grey = new Uint8Array(SIDE * SIDE);
  #left = MOST_SAMPLES;

  /** Three points as `Frame.project` gives them; false = too much work. */
  triangle(points: Float64Array): boolean {
    const [ax = 0, ay = 0, az = 0, bx = 0, by = 0, bz = 0, cx = 0, cy = 0, cz = 0] = points;
    this.#left -= SETUP;
    const normal = cross([bx - ax, by - ay, bz - az], [cx - ax, cy - ay, cz - az]);
    // Seen from its edge it covers nothing.
    if (normal[2] === 0) return this.#left > 0;
    const ink = 1 + greyOf(normal);
    const [dx, dy] = [-normal[0] / normal[2], -normal[1] / normal[2]];
    // Near its edge the plane is steep and rounding would throw it out of the triangle.
    const [near, far] = [Math.max(az, bz, cz), Math.min(az, bz, cz)];
    const last = Math.min(SIDE, Math.ceil(Math.max(ay, by, cy) - 0.5));
    const edges = [ax, ay, bx, by, cx, cy, ax, ay];
    for (let row = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5)); row < last; row++) {
      const y = row + 0.5;
      let [from, to] = [Infinity, -Infinity];
      for (let e = 0; e < 6; e += 2) {
        const [fromX = 0, fromY = 0, toX = 0, toY = 0] = [edges[e], edges[e + 1], edges[e + 2], edges[e + 3]];
        if (fromY <= y === toY <= y) continue;
        const x = fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX);
        from = Math.min(from, x);
        to = Math.max(to, x);
      }
      const first = Math.max(0, Math.ceil(from - 0.5));
      const end = Math.min(SIDE, Math.ceil(to - 0.5));
      for (let column = first; column < end; column++) {
        const depth = Math.max(far, Math.min(near, az + dx * (column + 0.5 - ax) + dy * (y - ay)));
        const at = row * SIDE + column;
        if (depth <= (this.#depth[at] ?? 0)) continue;
        this.#depth[at] = depth;
        this.#grey[at] = ink;
      }
      this.#left -= ROW + Math.max(0, end - first);
      if (this.#left <= 0) return false;
    }
    return this.#left > 0;
  }

  /** undefined = nothing was drawn. */
  png(): Uint8Array | undefined {
    const pixels = new Uint8Array(THUMB_SIDE * THUMB_SIDE);
    for (let i = 0; i < pixels.length; i++) {
      let covered = 0;
      let sum = 0;
      for (let s = 0; s < FINE * FINE; s++) {
        const row = FINE * Math.floor(i / THUMB_SIDE) + Math.floor(s / FINE);
        const ink = this.#grey[row * SIDE + FINE * (i % THUMB_SIDE) + (s % FINE)] ?? 0;
        if (ink === 0) continue;
        covered++;
        sum += ink - 1;
      }
      if (covered > 0) pixels[i] = 1 + (covered - 1) * GREYS + Math.round(sum / covered);
    }
    return pixels.some((pixel) => pixel > 0)
      ? encodeGreys(pixels, { side: THUMB_SIDE, greys: GREYS, covers: FINE * FINE })
      : undefined;
  }
}

/** Both sides of a triangle look alike: which one is outside is the file's word. Down on the picture is up in the light. */
function greyOf([x, y, z]: Vector): number {
  const length = Math.sqrt(x * x + y * y + z * z) * Math.sign(z);
  const lit = Math.max(0, (x * LIGHT[0] - y * LIGHT[1] + z * LIGHT[2]) / length);
  return Math.round((AMBIENT + (1 - AMBIENT) * lit) * (GREYS - 1));
}
