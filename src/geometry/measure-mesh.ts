/** Measures one model, wherever its bytes are. Runs in the limited child; never throws because of the bytes. */
import { LEAST_FACET_BYTES, readAscii } from './ascii-stl.ts';
import { readBinary } from './binary-stl.ts';
import { Mesh } from './mesh.ts';
import type { Measured } from './mesh-facts.ts';
import { type MeshSource, readFully } from './mesh-source.ts';
import { declaredTriangles, HEADER_BYTES, stlKind } from './stl-kind.ts';

export async function measureMesh(source: MeshSource, maxTriangles: number): Promise<Measured> {
  const head = new Uint8Array(Math.min(HEADER_BYTES, source.bytes));
  if ((await readFully(source, head, 0)) < head.length) return { failed: 'truncated' };
  const kind = stlKind(head, source.bytes);
  if (kind === 'neither') return { failed: 'truncated' };
  if (kind === 'ascii') {
    const most = Math.min(maxTriangles, Math.floor(source.bytes / LEAST_FACET_BYTES));
    const mesh = new Mesh(most);
    const failed = await readAscii(source, most, mesh);
    return failed === undefined ? mesh.result() : { failed };
  }
  const count = declaredTriangles(head);
  if (count > maxTriangles) return { failed: 'too-many-triangles' };
  const mesh = new Mesh(count);
  const failed = await readBinary(source, count, mesh);
  return failed === undefined ? mesh.result() : { failed };
}
