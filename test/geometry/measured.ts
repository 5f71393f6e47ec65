import { measureMesh } from '../../src/geometry/measure-mesh.ts';
import type { Measured } from '../../src/geometry/mesh-facts.ts';

/** In process, from memory; reads come in pieces of at most `piece` bytes. */
export const measured = (bytes: Uint8Array, maxTriangles = 10_000_000, piece = 1_000_003): Promise<Measured> =>
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
