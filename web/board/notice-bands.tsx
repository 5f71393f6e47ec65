/** What was said to me alone, above the lanes: each with a way to its card, none takes the keys. */
import type { JSX } from 'preact';
import type { Card } from '../../gateways/contract/card.ts';
import { actText } from '../text/acts.ts';
import { boardText } from '../text/board.ts';
import { timeOfDay } from '../text/format.ts';
import { Icon, Lamp } from '../ui/mark.tsx';
import { goTo } from './act.ts';
import { type Notice, notices, putAway } from './notices.ts';
import { cardOf, drawn } from './store.ts';

const words = actText.notices;

export const NoticeBands = (): JSX.Element | null =>
  notices.value.length === 0 ? null : (
    <section class="notices" aria-label={words.label}>
      {notices.value.map((notice) => (
        <NoticeBand key={notice.you.order + notice.you.version} notice={notice} />
      ))}
    </section>
  );

function NoticeBand({ notice }: { notice: Notice }): JSX.Element {
  const { you } = notice;
  drawn.value;
  const card = cardOf(you.order)?.peek();
  const number = card?.number ?? notice.number ?? words.anOrder;
  const [title, detail] = sentences(notice, whole(number), card);
  return (
    <div class="banner" data-s={you.kind === 'cancel_requested' ? 'stop' : 'info'} data-notice={you.kind}>
      {you.kind === 'cancel_requested' ? <Lamp name="cancel" /> : <Icon name="hand" />}
      <p>
        <b>{title}</b> {detail}
      </p>
      <button
        type="button"
        class="btn small push"
        aria-label={words.goTo(number)}
        onClick={() => goTo(card, words.gone(number))}
      >
        {words.go}
      </button>
      <button type="button" class="btn quiet icon-btn" aria-label={boardText.dismiss} onClick={() => putAway(you)}>
        <Icon name="close" />
      </button>
    </div>
  );
}

/** A number is never broken at the end of a line. */
const whole = (number: string): string => number.replaceAll('-', '\u2011');

function sentences({ you, why }: Notice, number: string, card: Card | undefined): [title: string, detail: string] {
  const until = you.deadline === undefined ? undefined : timeOfDay(you.deadline);
  switch (you.kind) {
    case 'hand_over':
      return [words.offered(card?.handOver?.by.name ?? words.somebody, number), until ? words.until(until) : ''];
    case 'cancel_requested':
      return [
        words.asked(actText.cancel.who(card?.cancellation?.by.role), number),
        until ? words.answerBy(until) : actText.cancel.escalated,
      ];
    case 'released':
      return [words.released(number), why ?? ''];
  }
}
