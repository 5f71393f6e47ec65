/** The order that the reader has chosen for the lists, remembered for each person who reads at this browser. */
import { effect, signal } from '@preact/signals';
import { type Sort, sortOf } from './sorting.ts';
import { orderBy } from './store.ts';
import { myId } from './who.ts';

export const sort = signal<Sort>('urgency');

const place = (reader: string): string => `andon.sort.${reader}`;

export function chooseSort(next: Sort): void {
  sort.value = next;
  const reader = myId();
  if (reader === undefined) return;
  try {
    localStorage.setItem(place(reader), next);
  } catch {
    // storage may be forbidden: the choice holds for this page
  }
}

effect(() => {
  const reader = myId();
  if (reader === undefined) return;
  try {
    sort.value = sortOf(localStorage.getItem(place(reader)));
  } catch {
    // storage may be forbidden
  }
});

effect(() => orderBy(sort.value));
