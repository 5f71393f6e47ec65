import { useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { consoleText } from '../text/console.ts';
import { Connection } from '../ui/connection.tsx';
import { PageTools } from '../ui/page-tools.tsx';
import { SignedIn } from '../ui/signed-in.tsx';
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
      <PageTools />
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

const Person = (): JSX.Element | null =>
  typeof me.value === 'object' ? <SignedIn name={me.value.name} signOut={() => session.signOut()} /> : null;
