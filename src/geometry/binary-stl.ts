/**
 * Binary STL: 80 bytes of anything, a count, then per triangle twelve little-endian 32-bit floats (normal, three
 * vertices) and two bytes. The normal is not believed and not read.
 */
import { CHUNK, type Mesh } from './mesh.ts';
import type { MeshFault } from './mesh-facts.ts';
import { type MeshSource, readFully } from './mesh-source.ts';
import { HEADER_BYTES, RECORD_BYTES } from './stl-kind.ts';

/** undefined = read to its end. */
export async function readBinary(source: MeshSource, count: number, mesh: Mesh): Promise<MeshFault | undefined> {
  const buffer = new Uint8Array(RECORD_BYTES * CHUNK);
  const view = new DataView(buffer.buffer);
  for (let first = 0; first < count; first += CHUNK) {
    const triangles = Math.min(CHUNK, count - first);
    const part = buffer.subarray(0, RECORD_BYTES * triangles);
    if ((await readFully(source, part, HEADER_BYTES + RECORD_BYTES * first)) < part.length) return 'truncated';
    unpack(view, triangles, mesh.bits);
    if (!mesh.add(triangles)) return 'not-finite';
  }
  return undefined;
}

function unpack(view: DataView, triangles: number, bits: Uint32Array): void {
  for (let t = 0, i = 0; t < triangles; t++) {
    const end = RECORD_BYTES * t + 48;
    for (let at = RECORD_BYTES * t + 12; at < end; at += 4) bits[i++] = view.getUint32(at, true);
  }
}
