import type { JSX } from 'preact';
import { boardText } from '../text/board.ts';
import { commonText } from '../text/common.ts';
import { timeOfDay } from '../text/format.ts';
import { peopleText } from '../text/people.ts';
import { Icon, Lamp } from '../ui/mark.tsx';
import { PageTools } from '../ui/page-tools.tsx';
import { SignedIn } from '../ui/signed-in.tsx';
import { banner, begun, behind, trouble, unanswered } from './connection.ts';
import { tally } from './filters.ts';
import { Shift, Slots } from './my-shift.tsx';
import { peopleOpen } from './people-open.ts';
import { SearchField } from './scan/search-field.tsx';
import { signOut } from './sign-out.ts';
import { isOperator, isSupervisor, me, siteName } from './who.ts';

export const Header = (): JSX.Element => (
  <header class="top">
    <Site />
    <SearchField />
    {isOperator() ? <Slots /> : <span class="push" />}
    {isOperator() ? <Shift /> : null}
    {isSupervisor() ? <PeopleButton /> : null}
    <Connection />
    <div class="row tight">
      <PageTools />
      <Person />
    </div>
  </header>
);

/** The site's worst lamp, beside words. */
function Site(): JSX.Element {
  const { chips, asked } = tally.value;
  const late = chips.get('late') ?? 0;
  const alone = chips.get('alone') ?? 0;
  const worst = late + asked > 0 ? 'stop' : alone > 0 ? 'warn' : 'go';
  const lit = (tone: string): string => (begun.value && worst === tone ? 'lit' : 'off');
  return (
    <div class="site">
      <svg class="tower" viewBox="0 0 18 44" aria-hidden="true" data-s={worst}>
        <path class={lit('stop')} d="M6 1h6l4 4v5l-4 4H6l-4-4V5z" />
        <path class={lit('warn')} d="M9 16.5 16.5 29h-15z" />
        <circle class={lit('go')} cx="9" cy="37" r="6" />
      </svg>
      <div>
        <strong>{siteName()}</strong>
        <small>{worst === 'go' ? boardText.towerCalm : boardText.tower(late, alone, asked)}</small>
      </div>
    </div>
  );
}

const PeopleButton = (): JSX.Element => (
  <button
    type="button"
    class="btn people-open"
    aria-label={peopleText.open}
    aria-expanded={peopleOpen.value}
    aria-controls="people"
    onClick={() => {
      peopleOpen.value = !peopleOpen.value;
    }}
  >
    <Icon name="people" />
    <span>{peopleText.open}</span>
  </button>
);

function Connection(): JSX.Element {
  const words = commonText.connection;
  const problem = trouble.value;
  if (problem?.kind === 'offline')
    return (
      <p class="conn" data-s="warn" data-connection="offline">
        <Lamp name="alone" />
        {words.offline(timeOfDay(problem.since))}
      </p>
    );
  if (problem !== undefined || !begun.value)
    return (
      <p class="conn" data-s="info" data-connection="catching-up">
        <Icon name="sync" turning />
        {begun.value ? words.catchingUp : words.connecting}
      </p>
    );
  if (behind.value !== undefined)
    return (
      <p class="conn" data-s="info" data-connection="stale" title={words.behindWhy}>
        <Icon name="sync" />
        {words.behind(behind.value)}
      </p>
    );
  return (
    <p class="conn" data-s="go" data-connection="live">
      <Lamp name="flow" />
      {words.live}
    </p>
  );
}

const Person = (): JSX.Element | null =>
  typeof me.value === 'object' ? <SignedIn name={me.value.name} signOut={signOut} /> : null;

/** Stays while the line is lost for more than 5 s; the board under it stays usable. */
export function Banner(): JSX.Element | null {
  const problem = trouble.value;
  if (!banner.value || problem === undefined) return null;
  const words = commonText.connection;
  return (
    <div class="banner" data-s={problem.kind === 'offline' ? 'warn' : 'info'} role="status">
      {problem.kind === 'offline' ? <Lamp name="alone" /> : <Icon name="sync" turning />}
      <p>
        <b>{problem.kind === 'offline' ? words.offlineBanner(timeOfDay(problem.since)) : words.catchingUp}</b>{' '}
        {words.waiting(unanswered.value)}
      </p>
    </div>
  );
}
