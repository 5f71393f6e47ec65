/**
 * A mesh being read, chunk by chunk: sums as it goes, vertex numbers for what needs the whole (12 bytes per triangle,
 * while the work lasts about 50). A coordinate that is not finite ends it.
 */
import type { Measured } from './mesh-facts.ts';
import { SolidSums } from './solid-sums.ts';
import { drawThumb } from './thumb.ts';
import { topologyOf } from './topology.ts';
import { Welder } from './welder.ts';

/** Triangles per chunk: the chunk stays in the second-level cache. */
export const CHUNK = 4_096;

/** Thickness below a billionth of the length is the noise of 32-bit coordinates. */
const FLAT = 1e-9;

export class Mesh {
  /** To be filled by a reader, nine words or floats per triangle, before `add`. */
  readonly bits = new Uint32Array(9 * CHUNK);
  readonly floats: Float32Array = new Float32Array(this.bits.buffer);
  readonly #sums = new SolidSums();
  readonly #welder: Welder;
  readonly #corners: Uint32Array;
  #triangles = 0;

  /** `most`: triangles that will come at most; the memory is taken at once. */
  constructor(most: number) {
    this.#corners = new Uint32Array(3 * most);
    this.#welder = new Welder(Math.ceil(most * 0.55));
  }

  /** Takes the first `triangles` of the chunk; false = one of them is not finite, nothing was taken. */
  add(triangles: number): boolean {
    if (!allFinite(this.bits, 9 * triangles)) return false;
    this.#sums.add(this.floats, triangles);
    this.#welder.weld(this.bits, 3 * triangles, this.#corners, 3 * this.#triangles);
    this.#triangles += triangles;
    return true;
  }

  result(): Measured {
    if (this.#triangles === 0) return { failed: 'no-triangles' };
    const { closed, shells } = topologyOf(this.#corners, this.#triangles, this.#welder.count);
    const sums = this.#sums.result();
    const facts = { ...sums, triangles: this.#triangles, shells, closed };
    if (!closed) return { failed: 'not-closed', facts };
    if (sums.volumeMm3 <= FLAT * sums.areaMm2 * Math.max(...sums.sizeMm)) return { failed: 'no-volume', facts };
    return { facts };
  }

  /** undefined = there is none. */
  thumb(): Uint8Array | undefined {
    const { places, count: vertices } = this.#welder;
    return drawThumb({ corners: this.#corners, triangles: this.#triangles, places, vertices });
  }
}

/** NaN and the infinities have all exponent bits set (IEEE 754). */
function allFinite(bits: Uint32Array, words: number): boolean {
  for (let i = 0; i < words; i++) {
    if (((bits[i] ?? 0) & 0x7f800000) === 0x7f800000) return false;
  }
  return true;
}
