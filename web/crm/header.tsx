import type { JSX } from 'preact';
import { commonText } from '../text/common.ts';
import { crmText, STATUSES } from '../text/crm.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Connection } from '../ui/connection.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Icon } from '../ui/mark.tsx';
import { switchTheme } from '../ui/theme.ts';
import { me, roles, session, view } from './app.ts';
import { wanted } from './list.ts';
import { address, ownView, type View } from './view.ts';

export const Header = (): JSX.Element => (
  <header class="top">
    <div class="site">
      <strong>{crmText.title}</strong>
    </div>
    <Views />
    <Search />
    <div class="row tight push">
      <Connection />
      <LanguageSwitch />
      <button type="button" class="btn quiet icon-btn" aria-label={commonText.theme} onClick={switchTheme}>
        <Icon name="theme" />
      </button>
      <Person />
    </div>
  </header>
);

/** A carrier has one list, everybody else may look through all. */
function Views(): JSX.Element {
  const tabs: View[] = roles.value.every((role) => role === 'carrier') ? ['SHIPPED'] : ['waiting', 'open'];
  const words = crmText.views;
  const name = (tab: View): string => (tab === 'waiting' || tab === 'open' ? words[tab] : (crmText.status[tab] ?? tab));
  const chosen = wanted.value === '' ? view.value : undefined;
  return (
    <nav class="row tabs" aria-label={words.label}>
      {tabs.map((tab) => (
        <a
          key={tab}
          class="btn quiet"
          href={address(tab)}
          aria-current={chosen === tab ? 'page' : undefined}
          onClick={() => (wanted.value = '')}
        >
          {name(tab)}
        </a>
      ))}
      {tabs.length === 1 ? null : <ByStatus chosen={chosen} />}
    </nav>
  );
}

const ByStatus = ({ chosen }: { chosen: View | undefined }): JSX.Element => (
  <select
    class="field"
    aria-label={crmText.views.byStatus}
    value={STATUSES.some((status) => status === chosen) ? chosen : ''}
    onChange={({ currentTarget: { value } }) => {
      wanted.value = '';
      location.hash = address(value === '' ? ownView(roles.value) : (value as View));
    }}
  >
    <option value="">{crmText.views.byStatus}</option>
    {STATUSES.map((status) => (
      <option key={status} value={status}>
        {crmText.status[status]}
      </option>
    ))}
  </select>
);

const PAUSE_MS = 250;
let typing: ReturnType<typeof setTimeout> | undefined;

/** Searched when typing pauses. */
const Search = (): JSX.Element => (
  <search>
    <form
      onSubmit={(event) => {
        event.preventDefault();
        clearTimeout(typing);
        wanted.value = (event.currentTarget.elements.namedItem('q') as HTMLInputElement).value.trim();
      }}
    >
      <input
        class="field"
        type="search"
        name="q"
        aria-label={crmText.search}
        placeholder={crmText.searchHint}
        maxLength={100}
        autocomplete="off"
        spellcheck={false}
        value={wanted.value}
        onInput={({ currentTarget: { value } }) => {
          clearTimeout(typing);
          typing = setTimeout(() => (wanted.value = value.trim()), PAUSE_MS);
        }}
      />
    </form>
  </search>
);

function Person(): JSX.Element | null {
  if (typeof me.value !== 'object') return null;
  const label = `${me.value.name}. ${commonText.signOut}`;
  return (
    <button
      type="button"
      class="btn quiet person"
      aria-label={label}
      title={label}
      onClick={() => void session.signOut()}
    >
      <Avatar name={me.value.name} mine />
      <span class="person-out">{commonText.signOut}</span>
    </button>
  );
}
