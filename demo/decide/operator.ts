/**
 * What a simulated operator does next. Pure. Takes what is urgent, leaves the last free cards to people for a while, and
 * never touches what somebody else holds or what somebody else stopped.
 */
import type { Card } from '../../gateways/contract/card.ts';
import { pick, roll } from '../chance.ts';
import { type Act, act, isRipe, type Moment, type Reasons, type Seconds } from './act.ts';

export interface Desk extends Moment {
  readonly me: string;
  readonly cards: readonly Card[];
  /** Other simulated operators of the site who are there. */
  readonly mates: readonly string[];
  readonly reasons: Reasons;
  /** Was taken away from this one a moment ago. */
  readonly avoids: (order: string) => boolean;
}

const START: Seconds = [2, 7];
const MAKE: Seconds = [14, 75];
const TROUBLE: Seconds = [5, 14];
const RESUME: Seconds = [8, 20];
const ANSWER: Seconds = [8, 20];
const TAKE_OVER: Seconds = [3, 7];
const TAKE: Seconds = [3, 14];
const RUN: Seconds = [4, 4];
const LEAVE: Seconds = [22, 45];
/** So many free cards stay for people, for a while. */
const LEFT = 2;

/** 2 or 3, by who it is. */
export const capacityOf = (me: string): number => 2 + Math.floor(2 * roll(me, 'capacity'));

export function operatorAct(desk: Desk): Act | undefined {
  const mine = desk.cards.filter(({ capture }) => capture?.operator.id === desk.me);
  for (const card of mine) {
    const next = withMine(card, desk);
    if (next !== undefined) return next;
  }
  const room = capacityOf(desk.me) - mine.length;
  // For a mate there is room for one more.
  for (const card of desk.cards)
    if (card.handOver?.to.id === desk.me && isRipe(card.handOver.at, TAKE_OVER, desk, desk.me))
      return act(card, room >= 0 ? 'accept-hand-over' : 'decline-hand-over', { epoch: card.epoch });
  return room > 0 ? capture(desk) : undefined;
}

function withMine(card: Card, desk: Desk): Act | undefined {
  const { order, epoch, version, status, hold, cancellation, waiting } = card;
  const ripe = (seconds: Seconds, what: string): boolean => isRipe(waiting.since, seconds, desk, order, what);
  if (cancellation !== null) {
    if (!ripe(ANSWER, 'answer')) return undefined;
    const agrees = roll(order, version, 'agrees') < (status === 'MANUFACTURING_STARTED' ? 0.5 : 0.8);
    return agrees ? act(card, 'accept-cancel') : reasoned(card, 'refuse-cancel', desk);
  }
  if (card.handOver !== null) return undefined;
  if (hold !== null) return hold.by.id === desk.me && ripe(RESUME, 'resume') ? act(card, 'resume') : undefined;
  if (status === 'MANUFACTURING_APPROVED') {
    if (!ripe(START, 'start')) return undefined;
    return roll(order, epoch, 'mistaken') < 0.04
      ? reasoned(card, 'release', desk, { epoch })
      : act(card, 'start', { epoch });
  }
  if (status !== 'MANUFACTURING_STARTED') return undefined;
  const trouble = roll(order, version, 'trouble');
  if (trouble < 0.07) return ripe(TROUBLE, 'hold') ? reasoned(card, 'hold', desk) : undefined;
  if (trouble < 0.11) {
    const to = pick(desk.mates, order, version, 'mate');
    if (to !== undefined) return ripe(TROUBLE, 'hand over') ? act(card, 'hand-over', { epoch, to }) : undefined;
  }
  return ripe(MAKE, 'make') ? act(card, 'complete', { epoch }) : undefined;
}

function reasoned(card: Card, type: string, { reasons }: Desk, fields: Act['fields'] = {}): Act | undefined {
  const reason = pick(reasons[type] ?? [], card.order, card.version, type)?.id;
  return reason === undefined ? undefined : act(card, type, { ...fields, reason });
}

const isFree = ({ status, capture, hold, cancellation, handOver }: Card): boolean =>
  (status === 'MANUFACTURING_APPROVED' || status === 'MANUFACTURING_STARTED') &&
  capture === null &&
  hold === null &&
  cancellation === null &&
  handOver === null;

/** As the board sorts by urgency. */
const byUrgency = (a: Card, b: Card): number =>
  b.priority - a.priority || (a.due ?? '~').localeCompare(b.due ?? '~') || a.order.localeCompare(b.order);

function capture(desk: Desk): Act | undefined {
  const free = desk.cards.filter(isFree).sort(byUrgency);
  const usual = free.length - LEFT;
  const card = free.find(({ order, waiting }, i) => {
    if (desk.avoids(order)) return false;
    // Now and then everybody wants the same one.
    if (roll(order, 'hot') < 0.1) return isRipe(waiting.since, RUN, desk);
    return isRipe(waiting.since, i < usual ? TAKE : LEAVE, desk, order, desk.me);
  });
  return card && act(card, 'capture', { epoch: card.epoch });
}
