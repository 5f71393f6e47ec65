import { plural } from './common.ts';
import { number } from './format.ts';
import { words } from './words.ts';

/** Words of what narrows and sorts the board. */
export const filtersText = words('filters', {
  label: 'Filters',
  all: 'All',
  skills: 'My skills',
  late: 'Late',
  rush: 'Rush',
  alone: 'Unattended',
  hold: 'On hold',
  sort: 'Sort',
  sorts: { urgency: 'Urgency', due: 'Due', recent: 'Recent', waiting: 'Waiting longest' },
  of: (shown: number, all: number) => `${number(shown)} of ${number(all)}`,
  noneHere: (hidden: number) => `Nothing here that you look for. ${plural(hidden, 'order', 'orders')} hidden.`,
  showAll: 'Show all',
  shown: (shown: number, all: number) =>
    shown === all ? `All ${number(all)} orders shown.` : `${number(shown)} of ${number(all)} orders shown.`,
  mineHidden: (count: number) =>
    count === 1
      ? 'One of yours that calls for you is hidden'
      : `${number(count)} of yours that call for you are hidden`,
  cleared: 'Filters are off, to show what you went to.',
});
