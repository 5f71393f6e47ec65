import type { JSX } from 'preact';
import type { Lane } from '../../gateways/contract/card.ts';
import { duration } from '../text/format.ts';
import { wallText } from '../text/wall.ts';
import { Digits, Lamp } from '../ui/mark.tsx';
import type { Tone } from '../ui/tone.ts';
import type { LaneView, State, Wall } from './view.ts';

const TONES: Readonly<Record<State, Tone>> = {
  cancel: 'stop',
  late: 'stop',
  alone: 'warn',
  tight: 'warn',
  hold: 'hold',
  flow: 'go',
  wait: 'none',
  done: 'none',
};
const LANES = ['new', 'in_work', 'made'] as const satisfies readonly Lane[];

export const Lanes = ({ lanes }: Pick<Wall, 'lanes'>): JSX.Element => (
  <section class="box counts" aria-label={wallText.counts}>
    {LANES.map((lane) => (
      <LaneCount key={lane} lane={lane} shown={lanes[lane]} />
    ))}
  </section>
);

const LaneCount = ({ lane, shown }: { lane: Lane; shown: LaneView }): JSX.Element => (
  <div data-lane={lane}>
    <h2>{wallText.lanes[lane]}</h2>
    <p class="big">{shown.count}</p>
    <p class="units" aria-hidden="true">
      {shown.lamps.map((state, at) => (
        <Lamp key={at} name={state} tone={TONES[state]} />
      ))}
      {shown.more > 0 ? <span>{wallText.more(shown.more)}</span> : null}
    </p>
    {shown.oldest === undefined && shown.count > 0 ? null : <Oldest lane={lane} oldest={shown.oldest} />}
  </div>
);

function Oldest({ lane, oldest }: { lane: Lane; oldest: LaneView['oldest'] }): JSX.Element {
  if (oldest === undefined) return <p class="why">{wallText.nothing}</p>;
  const { card, ms, usualMs, slow } = oldest;
  return (
    <div class="why" data-s={slow ? 'warn' : 'none'}>
      <span>{wallText.oldest[lane]}</span>
      <b>
        {slow ? <Lamp name="tight" /> : null}
        {duration(ms)}
      </b>
      <span>
        {usualMs === undefined ? <Digits number={card.number} /> : wallText.usual(usualMs)}
        {card.capture === null ? null : ` · ${card.capture.operator.name}`}
      </span>
    </div>
  );
}
