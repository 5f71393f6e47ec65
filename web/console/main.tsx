import { effect } from '@preact/signals';
import { type JSX, render } from 'preact';
import { commonText } from '../text/common.ts';
import { consoleText } from '../text/console.ts';
import { speak } from '../text/language.ts';
import { LiveRegions } from '../ui/announce.tsx';
import { Asking } from '../ui/asking.tsx';
import { Gate } from '../ui/gate.tsx';
import { NotForYou } from '../ui/not-for-you.tsx';
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
    <Shown />
  </>
);

function Shown(): JSX.Element {
  if (me.value === 'asking') return <Asking />;
  if (me.value === undefined) return <Gate signIn={(credentials) => session.signIn(credentials)} />;
  if (isForMe.value) return <Desk />;
  return <NotForYou words={consoleText.notForYou} signOut={() => session.signOut()} />;
}

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
