/** Bytes of a model by position: a file in the child, a buffer in tests. */
export interface MeshSource {
  readonly bytes: number;
  /** Fills `into` from position `at`, maybe not whole; 0 = the end. */
  read(into: Uint8Array, at: number): Promise<number>;
}

/** Reads until `into` is full or the source ends; answers how many bytes were read. */
export async function readFully(source: MeshSource, into: Uint8Array, at: number): Promise<number> {
  let read = 0;
  while (read < into.length) {
    const n = await source.read(into.subarray(read), at + read);
    if (n <= 0) break;
    read += n;
  }
  return read;
}
