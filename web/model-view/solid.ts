/** Reads an STL file, only to draw it: what counts is what the server measures. Pure, and quick enough for 67 MB in a worker. */
export interface Solid {
  /** Nine coordinates per triangle, millimetres. */
  readonly triangles: Float32Array<ArrayBuffer>;
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
  /** Right for a closed solid; whether it is one the server tells. */
  readonly volumeMm3: number;
}

const HEADER = 84;
const RECORD = 50;
/** A text file is read in pieces of this size: the whole as one string is past what some browsers allow. */
const PIECE = 4 << 20;

/** undefined = nothing that can be drawn. Binary wins as it does on the server: a header may say anything, even "solid". */
export function readSolid(bytes: ArrayBuffer): Solid | undefined {
  const view = new DataView(bytes);
  const count = bytes.byteLength >= HEADER ? view.getUint32(80, true) : 0;
  const binary = bytes.byteLength === HEADER + RECORD * count;
  const triangles = binary ? readBinary(view, count) : readText(bytes);
  return triangles === undefined || triangles.length === 0 ? undefined : bounded(triangles);
}

function readBinary(view: DataView, count: number): Float32Array<ArrayBuffer> {
  const triangles = new Float32Array(9 * count);
  for (let t = 0; t < count; t++) {
    const at = HEADER + RECORD * t + 12;
    for (let i = 0; i < 9; i++) triangles[9 * t + i] = view.getFloat32(at + 4 * i, true);
  }
  return triangles;
}

function readText(bytes: ArrayBuffer): Float32Array<ArrayBuffer> | undefined {
  const decoder = new TextDecoder();
  const found: number[] = [];
  let rest = '';
  for (let from = 0; from < bytes.byteLength; from += PIECE) {
    const piece = bytes.slice(from, from + PIECE);
    const last = from + PIECE >= bytes.byteLength;
    const text = rest + decoder.decode(piece, { stream: !last });
    // A corner that is cut in two is read with the next piece.
    const end = last ? text.length : Math.max(0, text.lastIndexOf('vertex'));
    for (const [, x, y, z] of text.slice(0, end).matchAll(/vertex\s+(\S+)\s+(\S+)\s+(\S+)/g))
      found.push(Number(x), Number(y), Number(z));
    rest = text.slice(end);
  }
  return found.length % 9 === 0 ? Float32Array.from(found) : undefined;
}

function bounded(triangles: Float32Array<ArrayBuffer>): Solid | undefined {
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
  return { triangles, low, high, volumeMm3: volumeOf(triangles, low) };
}

/** The sum of the tetrahedra under its triangles, counted from a corner near by: far from it figures would get lost. */
function volumeOf(t: Float32Array, [x, y, z]: readonly [number, number, number]): number {
  let six = 0;
  for (let i = 0; i < t.length; i += 9) {
    const [ax, ay, az] = [(t[i] ?? 0) - x, (t[i + 1] ?? 0) - y, (t[i + 2] ?? 0) - z];
    const [bx, by, bz] = [(t[i + 3] ?? 0) - x, (t[i + 4] ?? 0) - y, (t[i + 5] ?? 0) - z];
    const [cx, cy, cz] = [(t[i + 6] ?? 0) - x, (t[i + 7] ?? 0) - y, (t[i + 8] ?? 0) - z];
    six += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return Math.abs(six) / 6;
}

export const sizeOf = ({ low, high }: Pick<Solid, 'low' | 'high'>): [number, number, number] => [
  high[0] - low[0],
  high[1] - low[1],
  high[2] - low[2],
];
