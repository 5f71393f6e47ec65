import { effect } from '@preact/signals';
import { render } from 'preact';
import { speak } from '../text/language.ts';
import { wallText } from '../text/wall.ts';
import { siteName } from '../ui/catalog.ts';
import { begin, site } from './app.ts';
import { Page } from './page.tsx';

const root = document.getElementById('app');
await speak({ ru: () => import('../text/ru/wall-page.ts') });
if (root !== null) render(<Page />, root);
begin();

effect(() => {
  if (site.value !== undefined) document.title = wallText.title(siteName(site.value));
});
