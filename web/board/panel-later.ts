/** What more can be done with a card, loaded when it is first opened. */
import { later } from '../ui/later.tsx';

export const CardPanel = later(async () => (await import('./card-panel.tsx')).CardPanel);
