import type { JSX } from 'preact';
import { boardText } from '../text/board.ts';
import { LiveRegions } from '../ui/announce.tsx';
import { Asking } from '../ui/asking.tsx';
import { Gate } from '../ui/gate.tsx';
import { later } from '../ui/later.tsx';
import { NotForYou } from '../ui/not-for-you.tsx';
import { complete } from './complete.ts';
import { refused } from './connection.ts';
import { drawer } from './drawer/open.ts';
import { FilterBar } from './filter-bar.tsx';
import { Banner, Header } from './header.tsx';
import { Keys } from './key-hints.tsx';
import { keysOpen } from './keys-open.ts';
import { Lane } from './lane.tsx';
import { notices } from './notices.ts';
import { peopleOpen } from './people-open.ts';
import { sought } from './scan/seek.ts';
import { session } from './session.ts';
import { signOutAsked } from './sign-out.ts';
import { me, sessionOver, worksOnMade } from './who.ts';

const Drawer = later(async () => (await import('./drawer/drawer.tsx')).Drawer);
const KeysDialog = later(async () => (await import('./keys-dialog.tsx')).KeysDialog);
const NoticeBands = later(async () => (await import('./notice-bands.tsx')).NoticeBands);
const PeoplePanel = later(async () => (await import('./people-panel.tsx')).PeoplePanel);
const SignOutDialog = later(async () => (await import('./sign-out-dialog.tsx')).SignOutDialog);
const SignInAgain = later(async () => (await import('./sign-in-again.tsx')).SignInAgain);
const ScanBand = later(async () => (await import('./scan/scan-band.tsx')).ScanBand);

export const Page = (): JSX.Element => (
  <>
    <LiveRegions />
    <Shown />
  </>
);

function Shown(): JSX.Element {
  const who = me.value;
  if (who === 'asking') return <Asking />;
  if (who === undefined) return <Gate signIn={(credentials) => session.signIn(credentials)} />;
  return (
    <>
      <Place />
      {sessionOver.value ? <SignInAgain name={who.name} /> : null}
    </>
  );
}

function Place(): JSX.Element {
  const code = refused.value;
  if (code !== undefined)
    return <NotForYou words={boardText.notForYou} code={code} signOut={() => session.signOut()} />;
  return complete.value ? <Board /> : <Asking />;
}

const Board = (): JSX.Element => (
  <div class="board">
    <a class="btn skip" href="#new">
      {boardText.skip}
    </a>
    <Header />
    <div>
      <Banner />
      {notices.value.length > 0 ? <NoticeBands /> : null}
      {sought.value.some(({ answer }) => answer.kind !== 'here') ? <ScanBand /> : null}
    </div>
    <FilterBar />
    <main class={worksOnMade() ? 'lanes made-first' : 'lanes'}>
      <h1 class="sr">{boardText.title}</h1>
      {worksOnMade() ? <Lane lane="made" /> : null}
      <Lane lane="new" />
      <Lane lane="in_work" />
      {worksOnMade() ? null : <Lane lane="made" />}
    </main>
    {peopleOpen.value ? <PeoplePanel /> : null}
    {drawer.value === undefined ? null : <Drawer key={drawer.value} order={drawer.value} />}
    <Keys />
    {keysOpen.value ? <KeysDialog /> : null}
    {signOutAsked.value ? <SignOutDialog /> : null}
  </div>
);
