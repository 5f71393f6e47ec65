import type { JSX } from 'preact';

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => part[0])
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** A person in two letters, drawn by the style sheet: no part of what is read or said; the name stands beside it or in the label of what holds it. */
export const Avatar = (props: { name: string; mine?: boolean; away?: boolean }): JSX.Element => (
  <span
    class={props.mine ? 'who me' : props.away ? 'who away' : 'who'}
    data-initials={initials(props.name)}
    aria-hidden="true"
  />
);
