/**
 * ASCII STL, line by line: `solid`, then per triangle `facet normal`, `outer loop`, three `vertex x y z`, `endloop`,
 * `endfacet`, then `endsolid`; any number of solids. Coordinates are rounded to 32 bits, as the binary form holds them.
 */
import { CHUNK, type Mesh } from './mesh.ts';
import type { MeshFault } from './mesh-facts.ts';
import { type MeshSource, readFully } from './mesh-source.ts';

/** The shortest facet there can be, line ends included: bounds the triangles of a text by its length. */
export const LEAST_FACET_BYTES = 'facet\nouter\nvertex 0 0 0\nvertex 0 0 0\nvertex 0 0 0\nendloop\nendfacet\n'.length;

const LONGEST_LINE = 4_096;

/** What a facet consists of, in order. */
const STEPS = ['facet', 'outer', 'vertex', 'vertex', 'vertex', 'endloop', 'endfacet'] as const;

/** undefined = read to its end. */
export async function readAscii(source: MeshSource, most: number, mesh: Mesh): Promise<MeshFault | undefined> {
  const reader = new AsciiReader(mesh, most);
  const buffer = Buffer.alloc(256 * 1024);
  let rest = '';
  for (let at = 0; ; ) {
    const n = await readFully(source, buffer, at);
    at += n;
    const lines = (rest + buffer.toString('latin1', 0, n)).split('\n');
    rest = n === 0 ? '' : (lines.pop() ?? '');
    if (rest.length > LONGEST_LINE) return 'malformed';
    for (const line of lines) {
      const fault = reader.line(line);
      if (fault !== undefined) return fault;
    }
    if (n === 0) return reader.end();
  }
}

class AsciiReader {
  readonly #mesh: Mesh;
  readonly #most: number;
  #step = 0;
  /** Floats of the chunk that are filled, and triangles seen in all. */
  #filled = 0;
  #triangles = 0;
  #ended = false;

  constructor(mesh: Mesh, most: number) {
    this.#mesh = mesh;
    this.#most = most;
  }

  line(line: string): MeshFault | undefined {
    const words = line.trim().split(/\s+/);
    const word = words[0]?.toLowerCase() ?? '';
    if (word === '') return undefined;
    if (this.#step === 0 && (word === 'solid' || word === 'endsolid')) {
      this.#ended = word === 'endsolid';
      return undefined;
    }
    if (word !== STEPS[this.#step]) return 'malformed';
    if (word === 'facet' && this.#triangles >= this.#most) return 'too-many-triangles';
    this.#step = (this.#step + 1) % STEPS.length;
    if (word === 'vertex') return this.#vertex(words);
    return word === 'endfacet' ? this.#facet() : undefined;
  }

  end(): MeshFault | undefined {
    if (this.#step !== 0 || !this.#ended) return 'truncated';
    return this.#flush();
  }

  #vertex(words: readonly string[]): MeshFault | undefined {
    if (words.length !== 4) return 'malformed';
    for (const word of words.slice(1)) {
      const value = Number(word);
      if (Number.isNaN(value) && !/^[+-]?(nan|inf)/i.test(word)) return 'malformed';
      this.#mesh.floats[this.#filled++] = value;
    }
    return undefined;
  }

  #facet(): MeshFault | undefined {
    this.#triangles++;
    return this.#filled === 9 * CHUNK ? this.#flush() : undefined;
  }

  #flush(): MeshFault | undefined {
    const triangles = this.#filled / 9;
    this.#filled = 0;
    return this.#mesh.add(triangles) ? undefined : 'not-finite';
  }
}
