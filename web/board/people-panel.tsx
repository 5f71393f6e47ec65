/** The operators of the site, for supervisors: who is here, on shift, how much each holds; and what may be changed. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { commonText } from '../text/common.ts';
import { peopleText } from '../text/people.ts';
import { Icon } from '../ui/mark.tsx';
import { crew, useCrew } from './crew.ts';
import { peopleOpen } from './people-open.ts';
import { PersonEntry } from './person-entry.tsx';

export function PeoplePanel(): JSX.Element {
  useCrew();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const known = crew.value;
  const close = (): void => {
    peopleOpen.value = false;
  };
  return (
    <aside
      class="people"
      id="people"
      aria-label={peopleText.title}
      tabIndex={-1}
      ref={panel}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <div class="people-head">
        <h2>{peopleText.title}</h2>
        <a class="btn quiet push" href="/console#people">
          {peopleText.console}
        </a>
        <button type="button" class="btn quiet icon-btn" aria-label={commonText.close} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      <div class="people-body">
        {known === undefined ? <p class="dim">{peopleText.loading}</p> : null}
        {known?.length === 0 ? <p class="dim">{peopleText.nobody}</p> : null}
        <ul>
          {known?.map((person) => (
            <PersonEntry key={person.id} person={person} />
          ))}
        </ul>
      </div>
    </aside>
  );
}
