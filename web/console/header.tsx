import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { commonText } from '../text/common.ts';
import { consoleText } from '../text/console.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Connection } from '../ui/connection.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import { Icon } from '../ui/mark.tsx';
import { switchTheme } from '../ui/theme.ts';
import { me, roles, section, session } from './app.ts';
import { wanted } from './list.ts';
import { address, onlyCarries, ownView, type Section, sectionAddress, sectionsFor } from './view.ts';
import { MOST_WAITING, waitingCount } from './work.ts';

export const Header = (): JSX.Element => (
  <header class="top">
    <div class="site">
      <strong>{consoleText.title}</strong>
    </div>
    <Sections />
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

function Sections(): JSX.Element {
  const words = consoleText.sections;
  const chosen = wanted.value === '' ? section.value : undefined;
  return (
    <nav class="row tabs" aria-label={words.label}>
      {sectionsFor(roles.value).map((one) => (
        <a
          key={one}
          class="btn quiet"
          href={sectionAddress(one)}
          aria-current={chosen === one ? 'page' : undefined}
          onClick={() => (wanted.value = '')}
        >
          {one === 'orders' && onlyCarries(roles.value) ? consoleText.views.shipped : words[one]}
          {one === 'work' ? <Waiting /> : null}
        </a>
      ))}
      {roles.value.includes('supervisor') ? (
        <a class="btn quiet" href="/board">
          {words.board}
        </a>
      ) : null}
    </nav>
  );
}

function Waiting(): JSX.Element | null {
  const count = waitingCount.value;
  if (count === undefined) return null;
  return <b class="count">{count < MOST_WAITING ? count : `${MOST_WAITING}+`}</b>;
}

const PAUSE_MS = 250;
let typing: ReturnType<typeof setTimeout> | undefined;

/** What is found stands where orders are listed. */
function look(text: string): void {
  const shown: readonly Section[] = ['work', 'orders'];
  if (text !== '' && !shown.includes(section.peek())) location.hash = address(ownView(roles.peek()));
  wanted.value = text;
}

/** Searched when typing pauses. `/` leads here from wherever nothing is written. */
function Search(): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const typed = useSignal('');
  // A space at its end is part of what is being typed.
  useSignalEffect(() => {
    if (wanted.value !== typed.peek().trim()) typed.value = wanted.value;
  });
  useEffect(() => {
    const lead = (event: KeyboardEvent): void => {
      const on = event.target instanceof Element ? event.target : undefined;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (on?.closest('input, textarea, select') != null) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', lead);
    return () => removeEventListener('keydown', lead);
  }, []);
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          clearTimeout(typing);
          look(field.current?.value.trim() ?? '');
        }}
      >
        <input
          ref={field}
          class="field seek"
          type="search"
          name="q"
          aria-label={consoleText.search}
          aria-keyshortcuts="/"
          placeholder={consoleText.searchHint}
          maxLength={100}
          autocomplete="off"
          spellcheck={false}
          value={typed.value}
          onInput={({ currentTarget: { value } }) => {
            clearTimeout(typing);
            typed.value = value;
            typing = setTimeout(() => look(value.trim()), PAUSE_MS);
          }}
        />
        <span class="kbd" aria-hidden="true">
          /
        </span>
      </form>
    </search>
  );
}

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
