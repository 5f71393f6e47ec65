import { words } from './words.ts';

/** A colleague chosen by the scan of a badge. */
export const badgeText = words('badge', {
  hint: 'Or scan their badge: it is offered at once.',
  cannot: (name: string) => `${name} cannot take it: off shift, the one who holds it, or without this material.`,
  gone: 'cannot take it any more',
});
