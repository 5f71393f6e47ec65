/** Where the page is: behind `#`, so that a reload and the back button keep it. */
import { signal } from '@preact/signals';
import { type Route, readRoute } from './view.ts';

export const route = signal<Route>({ section: undefined, view: undefined, order: undefined });
export const listenToRoute = (): void => {
  const read = (): void => {
    route.value = readRoute(location.hash);
  };
  addEventListener('hashchange', read);
  read();
};
