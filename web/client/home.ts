/** Which page is whose: one session serves all pages, so a page that is not for somebody leads on to the one that is. */
export type Home = '/' | '/board' | '/console';

const PAGES: readonly (readonly [Home, readonly string[]])[] = [
  ['/', ['buyer']],
  ['/board', ['operator', 'packer', 'quality', 'supervisor']],
  ['/console', ['crm', 'carrier', 'engineer', 'supervisor']],
];

/** undefined: stay, the page is for somebody of these roles, or none is. */
export function leadsTo(here: Home, roles: readonly string[]): Home | undefined {
  const mine = PAGES.filter(([, theirs]) => theirs.some((role) => roles.includes(role))).map(([page]) => page);
  return mine.includes(here) ? undefined : mine[0];
}
