import { effect } from '@preact/signals';
import { render } from 'preact';
import { boardText } from '../text/en-board.ts';
import { alarm } from '../ui/announce.tsx';
import { begin } from './app.ts';
import { listenToKeys } from './keys.ts';
import { Page } from './page.tsx';
import { cardsIn } from './store.ts';
import { site, siteName } from './who.ts';

const root = document.getElementById('app');
if (root !== null) render(<Page />, root);
listenToKeys();
begin();

effect(() => {
  if (site.value !== undefined) document.title = boardText.pageTitle(siteName());
});

/** A buyer who asks to cancel what I hold is told at once, each only once. */
const told = new Set<string>();
effect(() => {
  for (const card of cardsIn('mine')) {
    if (card.cancellation === null || told.has(card.order)) continue;
    told.add(card.order);
    alarm(boardText.cancelAlarm(card.number));
  }
});
