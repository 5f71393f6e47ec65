import { words } from './words.ts';

/** The search field of the board. */
export const seekText = words('seek', {
  label: 'Search or scan',
  hint: 'Scan or type a number, model, name',
  clear: 'Clear the search',
  openShort: 'open',
  allKeys: 'All keys',
  open: (number: string) => `Open order ${number}`,
});
