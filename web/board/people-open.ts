import { signal } from '@preact/signals';

/** The panel of people is open. */
export const peopleOpen = signal(false);
