/** Measures and draws one model, wherever its bytes are. Runs in the limited child; never throws because of the bytes. */
import { LEAST_FACET_BYTES, readAscii } from './ascii-stl.ts';
import { readBinary } from './binary-stl.ts';
import { Mesh } from './mesh.ts';
import type { MeshFault, Sight } from './mesh-facts.ts';
import { type MeshSource, readFully } from './mesh-source.ts';
import { MOST_THUMB_BYTES } from './png.ts';
import { declaredTriangles, HEADER_BYTES, stlKind } from './stl-kind.ts';

export async function measureMesh(source: MeshSource, maxTriangles: number): Promise<Sight> {
  const mesh = await readMesh(source, maxTriangles);
  if (!(mesh instanceof Mesh)) return { measured: { failed: mesh } };
  const measured = mesh.result();
  const thumb = measured.facts && mesh.thumb();
  return thumb === undefined || thumb.length > MOST_THUMB_BYTES ? { measured } : { measured, thumb };
}

async function readMesh(source: MeshSource, maxTriangles: number): Promise<Mesh | MeshFault> {
  const head = new Uint8Array(Math.min(HEADER_BYTES, source.bytes));
  if ((await readFully(source, head, 0)) < head.length) return 'truncated';
  const kind = stlKind(head, source.bytes);
  if (kind === 'neither') return 'truncated';
  if (kind === 'ascii') {
    // One more than can be whole: that one is told as what it is, cut or malformed.
    const most = Math.min(maxTriangles, Math.floor(source.bytes / LEAST_FACET_BYTES) + 1);
    const mesh = new Mesh(most);
    return (await readAscii(source, most, mesh)) ?? mesh;
  }
  const count = declaredTriangles(head);
  if (count > maxTriangles) return 'too-many-triangles';
  const mesh = new Mesh(count);
  return (await readBinary(source, count, mesh)) ?? mesh;
}
