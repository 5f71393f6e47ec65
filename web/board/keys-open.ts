import { signal } from '@preact/signals';

/** The dialog with all keys is open. */
export const keysOpen = signal(false);
