/** Which orders the page lists, which one is open, and the addresses of that. Pure. */
import { STATUSES } from '../text/crm.ts';

/** `waiting`: somebody of the CRM must act; `open`: not ended; else those of one status. */
export type View = 'waiting' | 'open' | (typeof STATUSES)[number];
export interface Route {
  /** undefined: the one that is this person's own. */
  readonly view: View | undefined;
  readonly order: string | undefined;
}

const isView = (text: string): text is View =>
  text === 'waiting' || text === 'open' || STATUSES.some((status) => status === text);

export function readRoute(hash: string): Route {
  const [, view = '', order] = hash.split('/');
  return { view: isView(view) ? view : undefined, order: order === undefined || order === '' ? undefined : order };
}

export const address = (view: View, order?: string): string => `#/${view}${order === undefined ? '' : `/${order}`}`;

/** Where somebody begins: at what waits for them. */
export function ownView(roles: readonly string[]): View {
  if (roles.includes('crm')) return 'waiting';
  return roles.includes('carrier') ? 'SHIPPED' : 'open';
}
