/**
 * What was scanned, or typed into the search field and sent. An order on the board is selected at once; of others the house is
 * asked. None is lost, and each is answered in the order in which they came, also a burst of 20 in a second.
 */
import { signal } from '@preact/signals';
import type { Card } from '../../../gateways/contract/card.ts';
import type { Order } from '../../../gateways/contract/order.ts';
import { LANES } from '../../client/board-picture.ts';
import { drawer, openDrawer } from '../drawer/open.ts';
import { search } from '../filters.ts';
import { select } from '../focus.ts';
import { keysOfLane } from '../sequence.ts';
import { cardOf, everyCard } from '../store.ts';
import { isTakenKey } from '../taken.ts';
import { codeOf, meant } from './match.ts';

/** `elsewhere`: it is in the house, not on this board. `away`: nobody answered. */
export type Answer =
  | { readonly kind: 'asking' | 'none' | 'several' | 'away' }
  | { readonly kind: 'here'; readonly card: Card }
  | { readonly kind: 'elsewhere'; readonly order: Order };

export interface Sought {
  readonly text: string;
  readonly answer: Answer;
}

/** What was scanned in one go, in order. */
export const sought = signal<readonly Sought[]>([]);
/** So long after the last scan the next one begins anew. */
const BURST_MS = 4_000;
/** Who scans for hours without a pause is told of so many. */
const MOST = 200;
let last = Number.NEGATIVE_INFINITY;

let handler: ((text: string) => boolean) | undefined;

/** A form that takes scans itself, as a badge; it says which are for it. Returns how to end that. */
export function takeScans(take: (text: string) => boolean): () => void {
  handler = take;
  return () => {
    if (handler === take) handler = undefined;
  };
}

export function scanned(text: string, intoField: boolean): void {
  if (intoField) search.value = '';
  if (handler?.(text)) return;
  seek(text);
}

/** An open drawer goes along: it never stands beside another order than the one that was asked for. */
function lead(order: string): void {
  select(order);
  if (drawer.peek() !== undefined) openDrawer(order);
}

export function seek(text: string): void {
  const at = performance.now();
  const before = at - last > BURST_MS ? [] : sought.peek();
  last = at;
  const card = meant(text, [...everyCard()]);
  if (card !== undefined) lead(card.order);
  const entry: Sought = { text, answer: card === undefined ? { kind: 'asking' } : { kind: 'here', card } };
  sought.value = [...before, entry].slice(-MOST);
  if (card === undefined) void lookUp(entry);
}

/** Enter in the search field. */
export function seekTyped(): void {
  const text = search.peek().trim();
  if (text === '') return;
  const code = codeOf(text);
  const first = 'words' in code && meant(text, [...everyCard()]) === undefined ? firstShown() : undefined;
  if (first !== undefined) lead(first);
  else seek(text);
}

const firstShown = (): string | undefined => LANES.flatMap(keysOfLane).find((key) => !isTakenKey(key));

const elsewhere = async (text: string): Promise<Answer> => (await import('./look-up.ts')).lookUp(text);

async function lookUp(entry: Sought): Promise<void> {
  const answer = await elsewhere(entry.text).catch((): Answer => ({ kind: 'away' }));
  // It may have come to the board meanwhile.
  const card = answer.kind === 'elsewhere' ? cardOf(answer.order.id)?.peek() : undefined;
  const told: Sought = { text: entry.text, answer: card === undefined ? answer : { kind: 'here', card } };
  if (card !== undefined && sought.peek().at(-1) === entry) lead(card.order);
  sought.value = sought.peek().map((one) => (one === entry ? told : one));
}

export const putAwaySought = (): void => {
  sought.value = [];
};

const FIELD = 'search';
export const searchField = (): HTMLElement | null => document.getElementById(FIELD);
export const isSearchField = (target: EventTarget | null): boolean => target instanceof Element && target.id === FIELD;
