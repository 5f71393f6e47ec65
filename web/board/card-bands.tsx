/** Bands below a card: a question to be answered, an offer, news. */
import type { JSX } from 'preact';
import type { Card } from '../../gateways/contract/card.ts';
import { actText } from '../text/acts.ts';
import { boardText } from '../text/board.ts';
import { duration, timeOfDay } from '../text/format.ts';
import { useTimeLeft } from '../ui/countdown.ts';
import { Icon, Lamp } from '../ui/mark.tsx';
import { press } from './act.ts';
import { type Arrangement, cancelEscalated } from './actions.ts';
import { CardButton } from './card-button.tsx';
import { type Band, notesOf } from './card-notes.ts';
import { select } from './focus.ts';
import { reasonName } from './who.ts';

type Question<K extends 'cancellation' | 'handOver'> = { readonly card: Card; readonly ask: NonNullable<Card[K]> };

/** `answers`: what I may answer; none for those who only look. */
export function CancelBand(props: Question<'cancellation'> & { answers: Arrangement['band'] }): JSX.Element {
  const { card, ask } = props;
  const left = useTimeLeft(ask.deadline);
  const text = actText.cancel;
  const answers = props.answers.filter(({ type }) => type === 'refuse-cancel' || type === 'accept-cancel').reverse();
  const within = answers.length > 0 ? text.answerWithin : text.holderWithin;
  const over = cancelEscalated(card, Date.parse(ask.deadline) - left);
  return (
    <div class="card-band" data-s="stop" data-band="cancellation">
      <Lamp name="cancel" />
      <p>
        <b>{text.asks(text.who(ask.by.role))}</b>
        <small>{over || left === 0 ? text.escalated : within(precise(left))}</small>
        <small>{text.reason(reasonName(ask.reason))}</small>
      </p>
      <Answers card={card} answers={answers} />
    </div>
  );
}

export function OfferBand(props: Question<'handOver'> & { answers: Arrangement['band'] }): JSX.Element {
  const { card, ask } = props;
  const left = useTimeLeft(ask.deadline);
  const text = actText.offer;
  const answers = props.answers.filter(({ type }) => type.endsWith('hand-over')).reverse();
  const until = timeOfDay(ask.deadline);
  return (
    <div class="card-band" data-s="info" data-band="offer">
      <Icon name="hand" />
      <p>
        <b>{answers.length > 0 ? text.toMe(ask.by.name ?? actText.notices.somebody) : text.toOther(ask.to.name)}</b>
        <small>{answers.length > 0 ? text.until(precise(left), until) : text.waits(until)}</small>
      </p>
      <Answers card={card} answers={answers} />
    </div>
  );
}

function Answers({ card, answers }: { card: Card; answers: Arrangement['band'] }): JSX.Element {
  const notes = notesOf(card.order).value;
  return (
    <span class="card-answers">
      {answers.map((offer) => (
        <CardButton
          key={offer.type}
          offer={offer}
          notes={notes}
          look="answer"
          {...(offer.type === 'accept-cancel' && { tone: 'stop' })}
          press={() => press(card.order, offer.type)}
        />
      ))}
    </span>
  );
}

export function NewsBand({ band, close }: { band: Band; close: () => void }): JSX.Element {
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

/** Under 15 minutes to the second: 11:42. */
function precise(ms: number): string {
  if (ms >= 15 * 60_000) return duration(ms);
  const seconds = Math.ceil(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
