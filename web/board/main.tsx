import { effect } from '@preact/signals';
import { render } from 'preact';
import { actText } from '../text/acts.ts';
import { boardText } from '../text/board.ts';
import { speak } from '../text/language.ts';
import { alarm } from '../ui/announce.tsx';
import { keepShell } from '../ui/offline-shell.ts';
import { begin } from './app.ts';
import { listenToKeys } from './keys.ts';
import { Page } from './page.tsx';
import { sound } from './sound.ts';
import { cardsIn } from './store.ts';
import { site, siteName } from './who.ts';

const root = document.getElementById('app');
await speak({ ru: () => import('../text/ru/board-page.ts') });
if (root !== null) render(<Page />, root);
listenToKeys();
begin();
keepShell();

effect(() => {
  if (site.value !== undefined) document.title = boardText.pageTitle(siteName());
});

/** A cancellation asked of what I hold is told at once, each only once; from the card, so also if the notice was lost. */
const told = new Set<string>();
effect(() => {
  for (const { order, number, cancellation } of cardsIn('mine')) {
    if (cancellation === null || told.has(order + cancellation.at)) continue;
    told.add(order + cancellation.at);
    sound('alarm');
    alarm(actText.cancel.alarm(actText.cancel.who(cancellation.by.role), number));
  }
});
