/** Which of the orders on the board somebody means who typed or scanned this. Pure. */
import type { Card } from '../../../gateways/contract/card.ts';
import { inLatin } from './physical.ts';

type Named = Pick<Card, 'order' | 'number'>;

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;
const NUMBER = /^\d{1,4}-\d{3,}$/;
/** Shorter than what people call out, nobody means an order by its end. */
const LEAST_DIGITS = 3;

/** What a label says: an id, or a number; else what was typed. */
export function codeOf(
  text: string,
): { readonly id: string } | { readonly number: string } | { readonly words: string } {
  const plain = inLatin(text.trim()).replaceAll(/[–—−‑]/g, '-');
  const id = ID.exec(plain)?.[0];
  if (id !== undefined) return { id };
  return NUMBER.test(plain) ? { number: plain } : { words: text.trim() };
}

/** The one order that is meant; undefined: none, or more than one. */
export function meant<T extends Named>(text: string, cards: readonly T[]): T | undefined {
  const code = codeOf(text);
  if ('id' in code) return cards.find(({ order }) => order === code.id);
  if ('number' in code) return cards.find(({ number }) => number === code.number);
  if (!/^\d+$/.test(code.words) || code.words.length < LEAST_DIGITS) return undefined;
  const ends = cards.filter(({ number }) => number.endsWith(code.words));
  return ends.length === 1 ? ends[0] : undefined;
}
