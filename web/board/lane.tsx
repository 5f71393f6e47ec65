import { useComputed } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Lane as LaneName } from '../../gateways/contract/card.ts';
import { boardText } from '../text/board.ts';
import { filtersText } from '../text/filters.ts';
import { now } from '../ui/ticking.ts';
import { begun } from './connection.ts';
import { passes } from './filters.ts';
import { focusedKey, select, selected, stepToEnd } from './focus.ts';
import { type ListName, perList } from './lists.ts';
import { hostOf, pageFrom, settle } from './place-cards.ts';
import { arranged, PARTS } from './sequence.ts';
import { hold, showWaiting } from './shown.ts';
import { cardsIn } from './store.ts';
import { cardsAmong } from './taken.ts';

const HOSTS = perList(hostOf);

export function Lane({ lane }: { lane: LaneName }): JSX.Element {
  const parts = PARTS[lane];
  const holdAll = (by: 'pointer' | 'focus', on: boolean): void => {
    for (const name of parts) hold(name, by, on);
  };
  return (
    <section
      class="lane"
      id={lane}
      data-lane={lane}
      aria-labelledby={`lane-${lane}`}
      onPointerEnter={() => holdAll('pointer', true)}
      onPointerLeave={() => holdAll('pointer', false)}
      onFocusIn={() => holdAll('focus', true)}
      onFocusOut={() => holdAll('focus', false)}
      onKeyDown={page}
    >
      <div class="lane-head">
        <h2 id={`lane-${lane}`}>{boardText.lanes[lane]}</h2>
        <span class="n">{begun.value ? <Count parts={parts} /> : '–'}</span>
        <Oldest parts={parts} />
      </div>
      <div class="lane-body">
        <Nothing lane={lane} />
        {parts.map((name) => (
          <Part key={name} name={name} lane={lane} />
        ))}
      </div>
    </section>
  );
}

const STEPS: Readonly<Record<string, (from: string) => void>> = {
  Home: () => stepToEnd('first'),
  End: () => stepToEnd('last'),
  PageUp: (from) => goTo(pageFrom(from, -1)),
  PageDown: (from) => goTo(pageFrom(from, 1)),
};

const goTo = (key: string | undefined): void => {
  if (key !== undefined) select(key);
};

/** From a card; in a form or a field these keys are the field's. */
function page(event: TargetedKeyboardEvent<HTMLElement>): void {
  const from = focusedKey() ?? selected.peek();
  const way = STEPS[event.key];
  const { target, ctrlKey, altKey, metaKey } = event;
  const fromCard = target instanceof Element && target.closest('[data-key]') !== null && !target.closest('form');
  if (way === undefined || from === undefined || !fromCard || ctrlKey || altKey || metaKey) return;
  event.preventDefault();
  way(from);
}

const cardsOf = (parts: readonly ListName[]): number => parts.reduce((sum, name) => sum + cardsIn(name).length, 0);
/** Cards, not places of those that somebody took. */
const shownOf = (parts: readonly ListName[]): number =>
  parts.reduce((sum, name) => sum + cardsAmong(arranged[name].value), 0);

/** How many there are; while the view is narrowed, how many of them are shown. */
const Count = ({ parts }: { parts: readonly ListName[] }): JSX.Element => (
  <>{passes.value === undefined ? cardsOf(parts) : filtersText.of(shownOf(parts), cardsOf(parts))}</>
);

function Nothing({ lane }: { lane: LaneName }): JSX.Element | null {
  const parts = PARTS[lane];
  const isEmpty = useComputed(() => parts.every((name) => arranged[name].value.shown.length === 0)).value;
  useLayoutEffect(() => settle(lane), [isEmpty]);
  if (!isEmpty || !begun.value) return null;
  const hidden = cardsOf(parts);
  return <p class="lane-empty">{hidden > 0 ? filtersText.noneHere(hidden) : boardText.empty[lane]}</p>;
}

function Oldest({ parts }: { parts: readonly ListName[] }): JSX.Element | null {
  if (parts.includes('made')) return null;
  let since: string | undefined;
  for (const name of parts)
    for (const { waiting } of cardsIn(name)) if (since === undefined || waiting.since < since) since = waiting.since;
  if (since === undefined) return null;
  const oldest = now.value - Date.parse(since);
  return oldest < 60_000 ? null : <span class="label">{boardText.oldest(oldest)}</span>;
}

/** A list of cards; its `ul` is filled by `place-cards`, never by this tree. */
function Part({ name, lane }: { name: ListName; lane: LaneName }): JSX.Element {
  const isEmpty = useComputed(() => arranged[name].value.shown.length === 0).value;
  const waiting = useComputed(() => arranged[name].value.waiting).value;
  const titled = PARTS[lane].length > 1 && !isEmpty;
  useLayoutEffect(() => settle(lane), [titled, isEmpty, waiting > 0]);
  return (
    <>
      {titled ? (
        <h3 class="lane-part" id={`part-${name}`}>
          {boardText.parts[name]}{' '}
          <span>
            <Count parts={[name]} />
          </span>
        </h3>
      ) : null}
      {waiting > 0 ? (
        <button type="button" class="btn small new-above" onClick={() => showWaiting(name)}>
          {boardText.newAbove(waiting)}
        </button>
      ) : null}
      <ul class="lane-list" ref={HOSTS[name]} />
    </>
  );
}
