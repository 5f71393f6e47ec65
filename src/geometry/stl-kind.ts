/**
 * Which STL a file is, from its first bytes and its length alone: cheap enough for an upload, and the child goes by
 * the same rule. Binary wins: its header may say anything, even "solid".
 */
export const HEADER_BYTES = 84;
export const RECORD_BYTES = 50;

export type StlKind = 'binary' | 'ascii' | 'neither';

/** `head`: the first 84 bytes, or all there are. */
export function stlKind(head: Uint8Array, bytes: number): StlKind {
  if (head.length >= HEADER_BYTES && bytes === HEADER_BYTES + RECORD_BYTES * declaredTriangles(head)) return 'binary';
  const start = Buffer.from(head.subarray(0, HEADER_BYTES)).toString('latin1');
  return /^\s*solid(\s|$)/i.test(start) ? 'ascii' : 'neither';
}

/** The count of a binary file; `head` must hold 84 bytes. */
export const declaredTriangles = (head: Uint8Array): number =>
  new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(HEADER_BYTES - 4, true);
