/** An amount of money as a person types it, into minor units: digit by digit, no binary fractions on the way. Pure. */
const SPACES = /[\s\u00a0\u202f']/g;
/** What an order's price may be at most, minor units. */
const MOST = 1_000_000_000_000;

export type Amount =
  | { readonly amount: number }
  | { readonly fault: 'empty' | 'not-a-number' | 'too-fine' | 'too-much' };

/**
 * One comma or point parts the fraction; spaces and apostrophes may part thousands. `1,249` is no amount in euros: three
 * decimals are more than the currency has, so it is asked again rather than guessed.
 */
export function readAmount(text: string, currency: string): Amount {
  const digits = fractionDigits(currency);
  const bare = text.replaceAll(SPACES, '');
  if (bare === '') return { fault: 'empty' };
  const [, whole, fraction = ''] = /^(\d+)(?:[.,](\d*))?$/.exec(bare) ?? [];
  if (whole === undefined) return { fault: 'not-a-number' };
  if (fraction.length > digits) return { fault: 'too-fine' };
  const minor = `${whole}${fraction.padEnd(digits, '0')}`.replace(/^0+(?=\d)/, '');
  if (minor.length > String(MOST).length || Number(minor) > MOST) return { fault: 'too-much' };
  return { amount: Number(minor) };
}

/** Decimals of a currency: 2 for euros, none for yen. */
export const fractionDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
