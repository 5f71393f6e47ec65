/** What the page itself knows of a card: a question under way, a band with news, that it has just arrived. */
import { type Signal, signal } from '@preact/signals';
import type { Tone } from '../ui/tone.ts';
import type { ActionType } from './actions.ts';

export interface Band {
  readonly tone: Tone;
  readonly mark: { readonly icon: 'hand' } | { readonly lamp: 'hold' | 'tight' };
  readonly title: string;
  readonly detail: string;
  /** Stable code behind the words, shown as the band's `title`. */
  readonly code: string;
  /** One way on: a button that selects another card. */
  readonly way?: { readonly label: string; readonly about: string; readonly order: string };
  readonly since: number;
}

export interface Notes {
  /** `at`: when it was asked, by the server's clock. `ahead`: it is shown as if it were done. */
  readonly asking?:
    | { readonly type: ActionType; readonly again: boolean; readonly at: number; readonly ahead: boolean }
    | undefined;
  readonly band?: Band | undefined;
  readonly moved?: boolean;
}

const NONE: Notes = {};
/** News stays readable for at least this long. */
export const LINGER_MS = 6_000;

const notes = new Map<string, Signal<Notes>>();

/** By order id, or by the key of the placeholder that stands where an order was. */
export function notesOf(key: string): Signal<Notes> {
  let found = notes.get(key);
  if (found === undefined) {
    found = signal(NONE);
    notes.set(key, found);
  }
  return found;
}

export function note(key: string, change: Notes): void {
  const found = notesOf(key);
  found.value = { ...found.peek(), ...change };
}

export function forgetNotes(key: string): void {
  notes.delete(key);
}

/** Outlined for a while: they stand elsewhere, or otherwise, than when they were last seen. */
export function markMoved(...keys: readonly string[]): void {
  for (const key of keys) note(key, { moved: true });
  setTimeout(() => {
    for (const key of keys) if (notes.has(key)) note(key, { moved: false });
  }, LINGER_MS);
}
