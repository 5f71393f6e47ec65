/** A person in a list of the staff: name, facts, and what can be changed, which a button opens. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';
import { peopleText as words } from '../text/people.ts';
import { Avatar } from './avatar.tsx';

interface StaffEntryProps {
  readonly name: string;
  /** Drawn fainter: not at a board, or without access. */
  readonly away: boolean;
  readonly facts: ComponentChildren;
  /** What was changed is under way. */
  readonly busy: boolean;
  /** What did not work, in words. */
  readonly fault: string | undefined;
  /** What can be changed; begins anew whenever it is opened. */
  readonly children: ComponentChildren;
}

export function StaffEntry({ name, away, facts, busy, fault, children, ...data }: StaffEntryProps & Data): JSX.Element {
  const id = useId();
  const open = useSignal(false);
  return (
    <li class="person-entry" aria-busy={busy || undefined} {...data}>
      <Avatar name={name} away={away} />
      <div>
        <p class="person-name">{name}</p>
        <p class="person-facts">{facts}</p>
        {fault === undefined ? null : (
          <p class="note" data-s="stop" role="alert">
            {fault}
          </p>
        )}
      </div>
      <button
        type="button"
        class="btn small"
        aria-label={words.change(name)}
        aria-expanded={open.value}
        aria-controls={open.value ? id : undefined}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {words.changeShort}
      </button>
      {open.value ? (
        <div class="person-changes" id={id}>
          {children}
        </div>
      ) : null}
    </li>
  );
}

/** By which it is found on the page. */
type Data = { readonly 'data-person': string } | { readonly 'data-user': string };
