/** The name a caller gave a file: shown to people, never a path of ours. */
import { invalidInput } from '../errors.ts';

const LONGEST = 200;
const NAMELESS = 'model.stl';

/**
 * From a percent-encoded header: the part after the last slash, without control and invisible formatting characters
 * (which could turn the reading direction), at most 200 UTF-16 units. Throws `invalid` for a broken encoding.
 */
export function fileName(encoded: string | undefined): string {
  let name: string;
  try {
    name = decodeURIComponent(encoded ?? '');
  } catch {
    throw invalidInput([{ path: '/X-Filename', rule: 'percent-encoded UTF-8' }]);
  }
  const last = name.split(/[/\\]/).pop() ?? '';
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, LONGEST)
    .replace(/[\ud800-\udbff]$/, '');
  return clean === '' || /^\.+$/.test(clean) ? NAMELESS : clean;
}
