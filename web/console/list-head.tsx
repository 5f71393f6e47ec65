import type { JSX } from 'preact';
import { STATUSES } from '../../gateways/contract/statuses.ts';
import { consoleText } from '../text/console.ts';
import { roles, section, view } from './app.ts';
import { items } from './list.ts';
import { SitePick } from './site-pick.tsx';
import { address, onlyCarries, type View } from './view.ts';
import { kind } from './work.ts';
import { countKinds, KINDS, type Kind } from './work-kinds.ts';

/** What narrows the list: why it waits, or its status; and the site. */
export const ListHead = (): JSX.Element => (
  <div class="row wrap filters">
    {section.value === 'work' ? <Kinds /> : <Status />}
    <SitePick />
  </div>
);

function Kinds(): JSX.Element {
  const words = consoleText.work;
  const all = items.value ?? [];
  const counts = countKinds(all);
  const chip = (one: Kind | undefined, name: string, count: number): JSX.Element => (
    <button
      type="button"
      key={one ?? 'all'}
      class="chip"
      aria-pressed={kind.value === one}
      onClick={() => {
        kind.value = one;
      }}
    >
      {name} <b>{count}</b>
    </button>
  );
  return (
    <fieldset class="row wrap chips" aria-label={words.label}>
      {chip(undefined, words.all, all.length)}
      {KINDS.map((one) => (one === 'other' && counts.other === 0 ? null : chip(one, words[one], counts[one])))}
    </fieldset>
  );
}

function Status(): JSX.Element | null {
  if (onlyCarries(roles.value)) return null;
  const words = consoleText.views;
  return (
    <select
      class="field"
      aria-label={words.status}
      value={view.value}
      onChange={({ currentTarget: { value } }) => {
        location.hash = address(value as View);
      }}
    >
      <option value="open">{words.open}</option>
      {STATUSES.map((status) => (
        <option key={status} value={status}>
          {consoleText.status[status]}
        </option>
      ))}
    </select>
  );
}
