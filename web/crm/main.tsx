import { effect } from '@preact/signals';
import { type JSX, render } from 'preact';
import { commonText } from '../text/common.ts';
import { crmText } from '../text/crm.ts';
import { speak } from '../text/language.ts';
import { LiveRegions } from '../ui/announce.tsx';
import { Asking } from '../ui/asking.tsx';
import { SignIn } from '../ui/sign-in.tsx';
import { begin, me, roles, session } from './app.ts';
import { Header } from './header.tsx';
import { OrderList } from './list-view.tsx';
import { Notices } from './notices-view.tsx';
import { following } from './order-live.ts';
import { OrderPanel } from './order-panel.tsx';
import { listenToRoute, route } from './route.ts';

const Crm = (): JSX.Element => (
  <>
    <LiveRegions />
    {me.value === 'asking' ? (
      <Asking />
    ) : me.value === undefined ? (
      <Gate />
    ) : roles.value.some((role) => ['crm', 'carrier', 'engineer'].includes(role)) ? (
      <Desk />
    ) : (
      <NotForYou />
    )}
  </>
);

const Gate = (): JSX.Element => (
  <main class="gate">
    <h1>{commonText.product}</h1>
    <SignIn
      signIn={async (credentials) => {
        await session.signIn(credentials);
      }}
    />
  </main>
);

const Desk = (): JSX.Element => (
  <div class={route.value.order === undefined ? 'desk' : 'desk open'}>
    <Header />
    <Notices />
    <main class="pair">
      <h1 class="sr">{crmText.title}</h1>
      <OrderList />
      <OrderPanel />
    </main>
  </div>
);

const NotForYou = (): JSX.Element => (
  <main class="gate">
    <h1>{crmText.notForYou.title}</h1>
    <div class="panel stack">
      <p>{crmText.notForYou.text}</p>
      <a class="btn" href="/">
        {crmText.notForYou.shop}
      </a>
      <button type="button" class="btn quiet" onClick={() => void session.signOut()}>
        {commonText.signOut}
      </button>
    </div>
  </main>
);

listenToRoute();
const root = document.getElementById('app');
await speak({ ru: () => import('../text/ru/crm-page.ts') });
if (root !== null) render(<Crm />, root);
begin();

effect(() => {
  const number = following.value?.order.value?.number;
  document.title = number === undefined ? `${crmText.title} · ${commonText.product}` : crmText.pageTitle(number);
});
