/**
 * Chance that can be told again: made of what it is about and nothing else, so whoever is started anew decides as he did
 * before, and a test can foretell it.
 */
type Part = string | number;

/** From 0 up to 1, the same for the same parts. */
export function roll(...parts: readonly Part[]): number {
  let hash = 0x811c9dc5; // FNV-1a, then mixed as in MurmurHash3: neighbours must not be alike
  for (const char of parts.join('|')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

export const between = (least: number, most: number, ...parts: readonly Part[]): number =>
  least + (most - least) * roll(...parts);

export const pick = <T>(list: readonly T[], ...parts: readonly Part[]): T | undefined =>
  list[Math.floor(roll(...parts) * list.length)];
