/** What a card shows of its order: number, model, material, who must act next, and its date. */
import type { JSX } from 'preact';
import type { Card } from '../../gateways/contract/card.ts';
import { actText } from '../text/acts.ts';
import { boardText } from '../text/board.ts';
import { moment } from '../text/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Digits, Icon, Lamp, Swatch, type Tone } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import type { Notes } from './card-notes.ts';
import { dueState } from './lists.ts';
import { waitLine } from './wait-line.ts';
import { finishName, materialName } from './who.ts';

export function CardFace(props: {
  card: Card;
  titleId: string;
  slim: boolean;
  open?: (() => void) | undefined;
}): JSX.Element {
  const { card, slim } = props;
  return (
    <div class="card-main">
      <div class="card-top">
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: a larger way for a finger; the picture beside it is the button */}
        <h3 class="no" id={props.titleId} onClick={props.open}>
          <Digits number={card.number} />
        </h3>
        {card.priority > 0 ? <Priority level={card.priority} /> : null}
        {card.hold !== null && !slim ? (
          <span class="tag" data-s="hold">
            <Lamp name="hold" />
            {boardText.card.onHold}
          </span>
        ) : null}
        {slim ? <Name title={card.title} /> : null}
      </div>
      {slim ? null : (
        <>
          <Name title={card.title} />
          <p class="card-meta">
            <Swatch material={card.material} />
            <span>{boardText.card.material(materialName(card.material), finishName(card.material, card.finish))}</span>
          </p>
        </>
      )}
    </div>
  );
}

/** Who must act next, since when, why; or what is shown before it is answered. */
export function WaitLine({ card, asking }: { card: Card; asking: Notes['asking'] }): JSX.Element {
  if (asking?.ahead)
    return (
      <p class="card-wait">
        <Icon name="sync" turning />
        <span>{asking.again ? actText.askingAgain : actText.actions[asking.type].busy}</span>
      </p>
    );
  const { tone, lamp, person, text } = waitLine(card, now.value);
  return (
    <p class="card-wait" data-s={tone}>
      {lamp === undefined ? null : <Lamp name={lamp} />}
      {person === undefined ? null : <Avatar {...person} />}
      <span>{text}</span>
    </p>
  );
}

const Name = ({ title }: { title: string }): JSX.Element => (
  <p class="card-name cut" title={title}>
    {title.replace(/\.stl$/i, '')}
  </p>
);

export const Priority = ({ level }: { level: number }): JSX.Element => (
  <span class="prio">
    <Icon name={level >= 3 ? 'rush' : 'high'} />
    {boardText.card.priority[level]}
  </span>
);

export function DueLine({ card }: { card: Card }): JSX.Element {
  if (card.due === null)
    return (
      <p class="due" data-s="none">
        <small>{boardText.card.noDue}</small>
      </p>
    );
  const state = dueState(card, now.value);
  const left = Date.parse(card.due) - now.value;
  const tone: Tone = state === 'late' ? 'stop' : state === 'tight' ? 'warn' : 'none';
  const words =
    state === 'late'
      ? boardText.card.late(-left)
      : state === 'tight'
        ? boardText.card.left(left)
        : boardText.card.inTime(left);
  return (
    <p class="due" data-s={tone}>
      {state === 'none' ? null : <Lamp name={state} />}
      <b>{moment(card.due, now.value)}</b>
      <small>{words}</small>
    </p>
  );
}
