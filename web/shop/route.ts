import { signal } from '@preact/signals';

/** The page's own addresses stand behind `#`, so that the server needs to know only one. */
export type Route =
  | { readonly page: 'new' }
  | { readonly page: 'list' }
  | { readonly page: 'order'; readonly order: string };

function read(): Route {
  const [, first, order] = location.hash.split('/');
  if (first !== 'orders') return { page: 'new' };
  return order === undefined || order === '' ? { page: 'list' } : { page: 'order', order };
}

export const route = signal<Route>(read());
addEventListener('hashchange', () => {
  route.value = read();
});

export const NEW = '#/';
export const LIST = '#/orders';
export const orderAddress = (order: string): string => `${LIST}/${order}`;

export function go(address: string): void {
  location.hash = address;
}
