/** Reads an STL file in the browser, only to draw it: what counts is what the server measures. */
export interface Solid {
  /** Nine coordinates per triangle, millimetres. */
  readonly triangles: Float32Array;
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
}

/** More than this takes too long to draw; a plain block stands for it. */
const MOST_TRIANGLES = 400_000;
const HEADER = 84;
const RECORD = 50;

export async function readSolid(file: File): Promise<Solid | undefined> {
  if (file.size > HEADER + RECORD * MOST_TRIANGLES) return undefined;
  const bytes = await file.arrayBuffer();
  const view = new DataView(bytes);
  const count = bytes.byteLength >= HEADER ? view.getUint32(80, true) : 0;
  const binary = bytes.byteLength === HEADER + RECORD * count;
  const triangles = binary ? readBinary(view, count) : readText(bytes);
  return triangles === undefined || triangles.length === 0 ? undefined : bounded(triangles);
}

function readBinary(view: DataView, count: number): Float32Array {
  const triangles = new Float32Array(9 * count);
  for (let t = 0; t < count; t++) {
    const at = HEADER + RECORD * t + 12;
    for (let i = 0; i < 9; i++) triangles[9 * t + i] = view.getFloat32(at + 4 * i, true);
  }
  return triangles;
}

function readText(bytes: ArrayBuffer): Float32Array | undefined {
  const text = new TextDecoder().decode(bytes);
  const found: number[] = [];
  for (const [, x, y, z] of text.matchAll(/vertex\s+(\S+)\s+(\S+)\s+(\S+)/g))
    found.push(Number(x), Number(y), Number(z));
  return found.length % 9 === 0 ? Float32Array.from(found) : undefined;
}

function bounded(triangles: Float32Array): Solid | undefined {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < triangles.length; i += 3) {
    for (const axis of [0, 1, 2] as const) {
      const value = triangles[i + axis] ?? Number.NaN;
      if (!Number.isFinite(value)) return undefined;
      if (value < low[axis]) low[axis] = value;
      if (value > high[axis]) high[axis] = value;
    }
  }
  return { triangles, low, high };
}

export const sizeOf = ({ low, high }: Solid): [number, number, number] => [
  high[0] - low[0],
  high[1] - low[1],
  high[2] - low[2],
];
