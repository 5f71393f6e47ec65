import type { JSX } from 'preact';
import { duration } from '../text/format.ts';
import { wallText } from '../text/wall.ts';
import { Digits, Lamp, Thumb } from '../ui/mark.tsx';
import type { Entry, Wall } from './view.ts';

/** Orders that need somebody now. */
export const First = ({ entries }: { entries: Wall['first'] }): JSX.Element => (
  <section class="box first" aria-labelledby="h-first">
    <h2 id="h-first">{wallText.first}</h2>
    {entries.length === 0 ? <p class="calm">{wallText.noneFirst}</p> : null}
    <ul>
      {entries.map((entry) => (
        <Line key={entry.card.order} entry={entry} />
      ))}
    </ul>
  </section>
);

function Line({ entry: { card, state, holder, ms } }: { entry: Entry }): JSX.Element {
  const urgent = state === 'late' || state === 'cancel';
  return (
    <li>
      <Thumb material={card.material} image={card.thumb} />
      <div>
        <b class="no">
          <Digits number={card.number} />
        </b>
        <small>{holder === undefined ? wallText.nobody : state === 'alone' ? wallText.noSignal(holder) : holder}</small>
      </div>
      <p data-s={urgent ? 'stop' : 'warn'}>
        <Lamp name={state} />
        <span>
          <b>{ms === undefined ? wallText.noDate : duration(ms)}</b>
          <small>{wallText.entries[state]}</small>
        </span>
      </p>
    </li>
  );
}
