import { signal } from '@preact/signals';

/** The page's own addresses stand behind `#`, so that the server needs to know only one. */
export type Route =
  | { readonly page: 'new' }
  | { readonly page: 'list' }
  | { readonly page: 'order'; readonly order: string }
  /** What somebody with a link sees: one order, to look at. */
  | { readonly page: 'track'; readonly order: string; readonly token: string };

function read(): Route {
  const [, first, order = '', token = ''] = location.hash.split('/');
  if (first === 'track') return { page: 'track', order, token };
  if (first !== 'orders') return { page: 'new' };
  return order === '' ? { page: 'list' } : { page: 'order', order };
}

export const route = signal<Route>(read());
/** A guest's page asks for no session, any other page lives by one: from one to the other it begins anew. */
export const GUEST = route.peek().page === 'track';

addEventListener('hashchange', () => {
  const next = read();
  if (next.page === 'track' || GUEST) location.reload();
  else route.value = next;
});

export const NEW = '#/';
export const LIST = '#/orders';
export const orderAddress = (order: string): string => `${LIST}/${order}`;

export function go(address: string): void {
  location.hash = address;
}
