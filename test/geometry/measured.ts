import { measureMesh } from '../../src/geometry/measure-mesh.ts';
import type { Measured, Sight } from '../../src/geometry/mesh-facts.ts';

/** In process, from memory; reads come in pieces of at most `piece` bytes. */
export const seen = (bytes: Uint8Array, maxTriangles = 10_000_000, piece = 1_000_003): Promise<Sight> =>
  measureMesh(
    {
      bytes: bytes.length,
      async read(into, at) {
        const part = bytes.subarray(at, at + Math.min(piece, into.length));
        into.set(part);
        return part.length;
      },
    },
    maxTriangles,
  );

export const measured = async (bytes: Uint8Array, maxTriangles?: number, piece?: number): Promise<Measured> =>
  (await seen(bytes, maxTriangles, piece)).measured;
