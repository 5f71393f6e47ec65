import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Card } from '../../gateways/contract/card.ts';
import { boardText } from '../text/en-board.ts';
import { moment, timeOfDay } from '../text/format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Digits, Icon, Lamp, Swatch, Thumb, type Tone } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { act, dismiss, offersOf } from './act.ts';
import { CardButton } from './card-button.tsx';
import { type Band, notesOf } from './card-notes.ts';
import { articleOf, keepFocus, select, selected } from './focus.ts';
import { dueState, listOf } from './lists.ts';
import { cardOf } from './store.ts';
import { isTakenKey, orderOfKey, taken } from './taken.ts';
import { waitLine } from './wait-line.ts';
import { aloneSince, finishName, materialName, myId } from './who.ts';

/** A card, or the placeholder of one that somebody else took (`key` tells which). Its element outlives lanes. */
export function CardView({ id }: { id: string }): JSX.Element | null {
  const placeholder = isTakenKey(id);
  const order = orderOfKey(id);
  const card = placeholder ? taken.value.get(order)?.card : cardOf(order)?.value;
  const notes = notesOf(id).value;
  const tabIndex = useComputed(() => (selected.value === id ? 0 : -1));
  useLayoutEffect(keepFocus);
  useLayoutEffect(() => {
    if (notes.band !== undefined && selected.peek() === id) articleOf(id)?.scrollIntoView({ block: 'nearest' });
  }, [notes.band]);
  if (card === undefined) return null;
  const list = listOf(card, myId());
  const slim = !placeholder && (list === 'others' || list === 'made');
  const alone = !placeholder && aloneSince(card.capture?.operator.id, now.value) !== undefined && list !== 'mine';
  const titleId = `card-${id}`;
  return (
    <article
      class={slim ? 'card slim' : 'card'}
      data-list={placeholder ? undefined : list}
      data-due={dueState(card, now.value)}
      data-taken={placeholder || undefined}
      data-alone={alone || undefined}
      data-moved={notes.moved || undefined}
      aria-busy={notes.asking !== undefined}
      aria-labelledby={titleId}
      tabIndex={tabIndex}
    >
      <Thumb material={card.material} quantity={card.quantity} image={card.thumb} />
      <Main card={card} titleId={titleId} slim={slim} />
      {placeholder ? <p class="card-wait" /> : <Wait card={card} />}
      <div class="card-side">
        {list === 'made' ? null : <DueLine card={card} />}
        <div class="card-acts">
          {placeholder
            ? notes.asking && <CardButton type="capture" notes={notes} primary={false} press={() => undefined} />
            : offersOf(card).map((offer) => (
                <CardButton
                  key={offer.type}
                  type={offer.type}
                  why={offer.why}
                  notes={notes}
                  primary={selected.value === id && offer.type !== 'release'}
                  press={() => void act(order, offer.type)}
                />
              ))}
        </div>
      </div>
      {card.cancellation === null || placeholder ? null : <CancelBand card={card} />}
      {notes.band === undefined ? null : <NewsBand band={notes.band} close={() => dismiss(id, order)} />}
    </article>
  );
}

function Main(props: { card: Card; titleId: string; slim: boolean }): JSX.Element {
  const { card, slim } = props;
  return (
    <div class="card-main">
      <div class="card-top">
        <h3 class="no" id={props.titleId}>
          <Digits number={card.number} />
        </h3>
        {card.priority > 0 && !slim ? <Priority level={card.priority} /> : null}
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

/** Who must act next, since when, why. */
function Wait({ card }: { card: Card }): JSX.Element {
  const line = waitLine(card, now.value);
  return (
    <p class="card-wait" data-s={line.tone}>
      {line.lamp === undefined ? null : <Lamp name={line.lamp} />}
      {line.person === undefined ? null : <Avatar name={line.person.name} mine={line.person.mine} />}
      <span>{line.text}</span>
    </p>
  );
}

const Name = ({ title }: { title: string }): JSX.Element => (
  <p class="card-name cut" title={title}>
    {title.replace(/\.stl$/i, '')}
  </p>
);

const Priority = ({ level }: { level: number }): JSX.Element => (
  <span class="prio">
    <Icon name={level >= 3 ? 'rush' : 'high'} />
    {boardText.card.priority[level]}
  </span>
);

function DueLine({ card }: { card: Card }): JSX.Element {
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

const CancelBand = ({ card }: { card: Card }): JSX.Element => (
  <div class="card-band" data-s="stop">
    <Lamp name="cancel" />
    <p>
      <b>{boardText.card.asksCancel}</b>
      <small>{boardText.card.asksCancelUntil(timeOfDay(card.cancellation?.deadline ?? card.updatedAt))}</small>
    </p>
  </div>
);

function NewsBand({ band, close }: { band: Band; close: () => void }): JSX.Element {
  const { way } = band;
  return (
    <div class="card-band" data-s={band.tone} title={band.code}>
      {'icon' in band.mark ? <Icon name={band.mark.icon} /> : <Lamp name={band.mark.lamp} />}
      <p>
        <b>{band.title}</b>
        {band.detail === '' ? null : <small>{band.detail}</small>}
      </p>
      {way === undefined ? null : (
        <button type="button" class="btn" aria-label={way.about} onClick={() => select(way.order)}>
          {way.label}
        </button>
      )}
      <button type="button" class="btn quiet icon-btn" aria-label={boardText.dismiss} onClick={close}>
        <Icon name="close" />
      </button>
    </div>
  );
}
