import { effect } from '@preact/signals';
import { type JSX, render } from 'preact';
import { commonText } from '../text/common.ts';
import { consoleText } from '../text/console.ts';
import { speak } from '../text/language.ts';
import { LiveRegions } from '../ui/announce.tsx';
import { Asking } from '../ui/asking.tsx';
import { SignIn } from '../ui/sign-in.tsx';
import { begin, isForMe, me, section, session } from './app.ts';
import { Header } from './header.tsx';
import { JobsSection } from './jobs-section.tsx';
import { OrderList } from './list-view.tsx';
import { Notices } from './notices-view.tsx';
import { following } from './order-live.ts';
import { OrderPanel } from './order-panel.tsx';
import { PeopleSection } from './people-section.tsx';
import { listenToRoute, route } from './route.ts';
import { UsersSection } from './users-section.tsx';

const Console = (): JSX.Element => (
  <>
    <LiveRegions />
    {me.value === 'asking' ? <Asking /> : me.value === undefined ? <Gate /> : isForMe.value ? <Desk /> : <NotForYou />}
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
    <Part />
  </div>
);

function Part(): JSX.Element {
  const { value } = section;
  const heading = <h1 class="sr">{consoleText.title}</h1>;
  if (value === 'work' || value === 'orders')
    return (
      <main class="pair">
        {heading}
        <OrderList />
        <OrderPanel />
      </main>
    );
  return (
    <main class="whole">
      {heading}
      {value === 'people' ? <PeopleSection /> : value === 'users' ? <UsersSection /> : <JobsSection />}
    </main>
  );
}

const NotForYou = (): JSX.Element => (
  <main class="gate">
    <h1>{consoleText.notForYou.title}</h1>
    <div class="panel stack">
      <p>{consoleText.notForYou.text}</p>
      <a class="btn" href="/">
        {consoleText.notForYou.shop}
      </a>
      <button type="button" class="btn quiet" onClick={() => void session.signOut()}>
        {commonText.signOut}
      </button>
    </div>
  </main>
);

listenToRoute();
const root = document.getElementById('app');
await speak({ ru: () => import('../text/ru/console-page.ts') });
if (root !== null) render(<Console />, root);
begin();

effect(() => {
  const number = following.value?.order.value?.number;
  document.title =
    number === undefined ? `${consoleText.title} · ${commonText.product}` : consoleText.pageTitle(number);
});
