/** The field for a number, a model, a name, or a scan: what is typed narrows the board, Enter selects. */
import type { JSX } from 'preact';
import { seekText } from '../../text/seek.ts';
import { Icon } from '../../ui/mark.tsx';
import { search } from '../filters.ts';
import { select, selected } from '../focus.ts';
import { keys } from '../key-map.ts';
import { seekTyped } from './seek.ts';

export const SearchField = (): JSX.Element => (
  <label class="field scan">
    <Icon name="scan" />
    <input
      id="search"
      type="text"
      inputMode="search"
      enterKeyHint="search"
      autocomplete="off"
      autocapitalize="none"
      spellcheck={false}
      placeholder={seekText.hint}
      aria-label={seekText.label}
      value={search.value}
      onInput={({ currentTarget }) => {
        search.value = currentTarget.value;
      }}
      onKeyDown={onKey}
    />
    {search.value !== '' ? (
      <button
        type="button"
        class="btn quiet icon-btn"
        aria-label={seekText.clear}
        onClick={() => {
          search.value = '';
        }}
      >
        <Icon name="close" />
      </button>
    ) : keys.value.on ? (
      <span class="kbd" aria-hidden="true">
        /
      </span>
    ) : null}
  </label>
);

function onKey(event: KeyboardEvent): void {
  if (event.key === 'Enter') seekTyped();
  else if (event.key === 'Escape') leave();
  else return;
  event.preventDefault();
}

/** Nothing is searched for any more, and the keys act on the card again. */
function leave(): void {
  search.value = '';
  const card = selected.peek();
  if (card !== undefined) select(card);
}
