/** What a key writes on the keyboard that scanners are set to, whatever layout the reader has. Pure. */

const SIGNS: Readonly<Record<string, string>> = {
  Minus: '-',
  NumpadSubtract: '-',
  Slash: '/',
  NumpadDivide: '/',
  Period: '.',
  NumpadDecimal: '.',
  Space: ' ',
};

/** undefined: the key writes nothing. */
export function written({ key, code }: { readonly key: string; readonly code: string }): string | undefined {
  if ([...key].length !== 1) return undefined;
  if (/^[\w.:/-]$/.test(key)) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter?.toLowerCase() ?? /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1] ?? SIGNS[code] ?? key;
}

const CYRILLIC = 'йцукенгшщзфывапролдячсмить';
const LATIN = 'qwertyuiopasdfghjklzxcvbnm';

/** The same keys, had the layout been Latin: for codes that were typed with the other one. */
export const inLatin = (text: string): string =>
  [...text.toLowerCase()].map((letter) => LATIN[CYRILLIC.indexOf(letter)] ?? letter).join('');
