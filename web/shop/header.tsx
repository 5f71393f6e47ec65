import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';
import { shopText } from '../text/shop.ts';
import { Connection } from '../ui/connection.tsx';
import { PageTools } from '../ui/page-tools.tsx';
import { me, session } from './app.ts';
import { missing } from './order-live.ts';
import { GUEST, LIST, NEW, route } from './route.ts';

export function Header(): JSX.Element {
  const signedIn = typeof me.value === 'object';
  const here = route.value.page;
  return (
    <header class="top">
      <a class="site" href={NEW}>
        <strong>{commonText.product}</strong>
        <span class="dim tagline">{shopText.tagline}</span>
      </a>
      {signedIn ? (
        <nav class="row tabs push" aria-label={shopText.nav.label}>
          <a class="btn quiet" href={NEW} aria-current={here === 'new' ? 'page' : undefined}>
            {shopText.nav.fresh}
          </a>
          <a class="btn quiet" href={LIST} aria-current={here === 'list' ? 'page' : undefined}>
            {shopText.nav.orders}
          </a>
        </nav>
      ) : null}
      <div class={signedIn ? 'row tight' : 'row tight push'}>
        {signedIn || (GUEST && missing.value === undefined) ? <Connection /> : null}
        <PageTools />
        {signedIn ? (
          <button type="button" class="btn quiet small" onClick={() => void session.signOut()}>
            {commonText.signOut}
          </button>
        ) : null}
      </div>
    </header>
  );
}
