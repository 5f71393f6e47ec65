/**
 * Numbers for vertices: the same three coordinates, bit for bit (only -0 counts as 0), get the same number, counted
 * from 0 in order of first sight, so that neighbours in the file stay neighbours in memory.
 *
 * An open-addressed table of 32-bit words, at most half full. The hash mixes word after word (coordinates on a grid
 * have mostly zero low bits) from a random seed, so that a file can't be made to collide.
 */
export class Welder {
  #count = 0;
  #slots: Int32Array;
  #mask: number;
  /** Three words per vertex. */
  #words: Uint32Array;
  readonly #seed = (Math.random() * 2 ** 32) | 0;

  constructor(expected = 1_024) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, expected * 2)));
    this.#slots = new Int32Array(size).fill(-1);
    this.#mask = size - 1;
    this.#words = new Uint32Array(3 * Math.max(8, expected));
  }

  get count(): number {
    return this.#count;
  }

  /** Three coordinates per vertex, in order of their numbers. */
  get places(): Float32Array {
    return new Float32Array(this.#words.buffer, 0, 3 * this.#count);
  }

  /** Writes the numbers of `vertices` vertices (three words each in `bits`) to `out` from `at` on. */
  weld(bits: Uint32Array, vertices: number, out: Uint32Array, at: number): void {
    this.#reserve(this.#count + vertices);
    const slots = this.#slots;
    const words = this.#words;
    const mask = this.#mask;
    const seed = this.#seed;
    let count = this.#count;
    for (let v = 0, i = 0; v < vertices; v++, i += 3) {
      const x = plain(bits[i] ?? 0);
      const y = plain(bits[i + 1] ?? 0);
      const z = plain(bits[i + 2] ?? 0);
      let slot = mix(mix(mix(seed, x), y), z) & mask;
      let found = slots[slot] ?? -1;
      while (found >= 0 && (words[3 * found] !== x || words[3 * found + 1] !== y || words[3 * found + 2] !== z)) {
        slot = (slot + 1) & mask;
        found = slots[slot] ?? -1;
      }
      if (found < 0) {
        found = count++;
        slots[slot] = found;
        words[3 * found] = x;
        words[3 * found + 1] = y;
        words[3 * found + 2] = z;
      }
      out[at + v] = found;
    }
    this.#count = count;
  }

  /** Room for that many vertices in all, the table at most half full. */
  #reserve(vertices: number): void {
    if (3 * vertices > this.#words.length) {
      const words = new Uint32Array(Math.max(3 * vertices, 2 * this.#words.length));
      words.set(this.#words.subarray(0, 3 * this.#count));
      this.#words = words;
    }
    if (2 * vertices <= this.#slots.length) return;
    const size = 2 ** Math.ceil(Math.log2(2 * vertices));
    const slots = new Int32Array(size).fill(-1);
    const mask = size - 1;
    const words = this.#words;
    for (let v = 0; v < this.#count; v++) {
      const hash = mix(mix(mix(this.#seed, words[3 * v] ?? 0), words[3 * v + 1] ?? 0), words[3 * v + 2] ?? 0);
      let slot = hash & mask;
      while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
      slots[slot] = v;
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

/** -0 → 0; unsigned. */
const plain = (word: number): number => (word === 0x80000000 ? 0 : word);

/** Two rounds of multiply and shift (constants of MurmurHash3's finalizer) over the hash so far and the next word. */
function mix(hash: number, word: number): number {
  let h = hash ^ word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
