import type { JSX } from 'preact';
import { boardText } from '../text/board.ts';
import { commonText } from '../text/common.ts';
import { LiveRegions } from '../ui/announce.tsx';
import { Asking } from '../ui/asking.tsx';
import { SignIn } from '../ui/sign-in.tsx';
import { refused } from './connection.ts';
import { FilterBar } from './filter-bar.tsx';
import { Banner, Header } from './header.tsx';
import { Lane } from './lane.tsx';
import { NoticeBands } from './notice-bands.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { session } from './session.ts';
import { isOperator, isSupervisor, me, worksOnMade } from './who.ts';

export function Page(): JSX.Element {
  const who = me.value;
  if (who === 'asking')
    return (
      <>
        <LiveRegions />
        <Asking />
      </>
    );
  if (who === undefined)
    return (
      <>
        <LiveRegions />
        <main class="gate">
          <h1>{commonText.product}</h1>
          <SignIn
            signIn={async (credentials) => {
              await session.signIn(credentials);
            }}
          />
        </main>
      </>
    );
  return (
    <>
      <LiveRegions />
      {refused.value === undefined ? <Board /> : <NotForYou />}
    </>
  );
}

const Board = (): JSX.Element => (
  <div class="board">
    <a class="btn skip" href="#new">
      {boardText.skip}
    </a>
    <Header />
    <div>
      <Banner />
      <NoticeBands />
    </div>
    <FilterBar />
    <main class={worksOnMade() ? 'lanes made-first' : 'lanes'}>
      <h1 class="sr">{boardText.title}</h1>
      {worksOnMade() ? <Lane lane="made" /> : null}
      <Lane lane="new" />
      <Lane lane="in_work" />
      {worksOnMade() ? null : <Lane lane="made" />}
    </main>
    <PeoplePanel />
    <Keys />
  </div>
);

const Keys = (): JSX.Element => (
  <footer class="keys">
    <Hint keys={['↑', '↓']} text={boardText.keys.card} />
    <Hint keys={['←', '→']} text={boardText.keys.lane} />
    <Hint keys={['↵']} text={boardText.keys.actions} />
    {isOperator() ? (
      <>
        <Hint keys={['N']} text={boardText.keys.next} />
        <Hint keys={['C']} text={boardText.keys.capture} />
        <Hint keys={['S']} text={boardText.keys.start} />
        <Hint keys={['D']} text={boardText.keys.done} />
      </>
    ) : null}
    {isOperator() || isSupervisor() ? (
      <>
        <Hint keys={['P']} text={boardText.keys.hold} />
        <Hint keys={['O']} text={boardText.keys.handOver} />
        <Hint keys={['R']} text={boardText.keys.release} />
      </>
    ) : null}
    <Hint keys={['!']} text={boardText.keys.alarm} />
  </footer>
);

const Hint = ({ keys, text }: { keys: readonly string[]; text: string }): JSX.Element => (
  <span>
    {keys.map((key) => (
      <span class="kbd" key={key}>
        {key}
      </span>
    ))}{' '}
    {text}
  </span>
);

const NotForYou = (): JSX.Element => (
  <main class="gate">
    <h1>{boardText.notForYou.title}</h1>
    <div class="panel stack" title={refused.value}>
      <p>{boardText.notForYou.text}</p>
      <a class="btn" href="/">
        {boardText.notForYou.shop}
      </a>
      <button type="button" class="btn quiet" onClick={() => void session.signOut()}>
        {commonText.signOut}
      </button>
    </div>
  </main>
);
