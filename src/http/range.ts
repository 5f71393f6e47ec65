/** `Range: bytes=…` of one part (RFC 9110 §14). Several parts, and what is no range at all, ask for the whole. */
export interface Part {
  /** Both included. */
  readonly first: number;
  readonly last: number;
}

const ONE_PART = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i;

/** undefined = the whole; `none` = nothing of what is wanted exists. */
export function partOf(header: string | undefined, bytes: number): Part | 'none' | undefined {
  const [, from, to] = ONE_PART.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from === '') return Number(to) === 0 ? 'none' : { first: Math.max(0, bytes - Number(to)), last: bytes - 1 };
  const first = Number(from);
  const last = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first >= bytes ? 'none' : { first, last };
}

/** `If-Range`: does the part belong to what the caller has? Strong comparison; we give no dates to compare with. */
export const sameContent = (header: string | undefined, tag: string | undefined): boolean =>
  header === undefined || header.trim() === tag;
