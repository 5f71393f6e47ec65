import type { JSX } from 'preact';
import type { Lane as LaneName } from '../../gateways/contract/card.ts';
import { boardText } from '../text/board.ts';
import { now } from '../ui/ticking.ts';
import { begun } from './connection.ts';
import { type ListName, perList } from './lists.ts';
import { hostOf } from './place-cards.ts';
import { hold, limits, showMore, shown, showWaiting } from './shown.ts';
import { cardsIn, lists } from './store.ts';

const HOSTS = perList(hostOf);

export function Lane({ lane, parts }: { lane: LaneName; parts: readonly ListName[] }): JSX.Element {
  const count = parts.reduce((sum, name) => sum + lists[name].value.length, 0);
  const empty = parts.every((name) => shown[name].arranged.value.shown.length === 0);
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
    >
      <div class="lane-head">
        <h2 id={`lane-${lane}`}>{boardText.lanes[lane]}</h2>
        <span class="n">{begun.value ? count : '–'}</span>
        <Oldest parts={parts} />
      </div>
      <div class="lane-body">
        {empty && begun.value ? <p class="lane-empty">{boardText.empty[lane]}</p> : null}
        {parts.map((name) => (
          <Part key={name} name={name} titled={parts.length > 1} />
        ))}
      </div>
    </section>
  );
}

function Oldest({ parts }: { parts: readonly ListName[] }): JSX.Element | null {
  if (parts.includes('made')) return null;
  const since = parts.flatMap((name) => cardsIn(name).map((card) => Date.parse(card.waiting.since)));
  if (since.length === 0) return null;
  const oldest = now.value - Math.min(...since);
  return oldest < 60_000 ? null : <span class="label">{boardText.oldest(oldest)}</span>;
}

/** A list of cards; its `ul` is filled by `place-cards`, never by this tree. */
function Part({ name, titled }: { name: ListName; titled: boolean }): JSX.Element {
  const { shown: keys, waiting } = shown[name].arranged.value;
  const hidden = keys.length - limits[name].value;
  const title = titled && keys.length > 0 ? boardText.parts[name] : undefined;
  return (
    <>
      {title === undefined ? null : (
        <h3 class="lane-part" id={`part-${name}`}>
          {title} <span>{keys.length}</span>
        </h3>
      )}
      {waiting > 0 ? (
        <button type="button" class="btn small new-above" onClick={() => showWaiting(name)}>
          {boardText.newAbove(waiting)}
        </button>
      ) : null}
      <ul class="lane-list" ref={HOSTS[name]} />
      {hidden > 0 ? (
        <button type="button" class="btn quiet small" onClick={() => showMore(name)}>
          {boardText.showMore(hidden)}
        </button>
      ) : null}
    </>
  );
}
