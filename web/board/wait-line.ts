/** The line of a card that says who must act next, since when and why. */
import type { Card } from '../../gateways/contract/card.ts';
import { boardText } from '../text/board.ts';
import { usually, usualText } from '../text/usual.ts';
import type { LampName, Tone } from '../ui/mark.tsx';
import { listOf } from './lists.ts';
import { aloneSince, awaySince, grouping } from './presence.ts';
import { type Stay, tellsStay, usual, weighed } from './usual.ts';
import { myId, reasonName } from './who.ts';

export interface WaitLine {
  readonly text: string;
  readonly tone: Tone;
  /** A lamp, or the person who holds it. */
  readonly lamp?: LampName;
  readonly person?: { readonly name: string; readonly mine: boolean; readonly away: boolean };
}

const text = boardText.card;
/** An order that nobody took for this long asks for attention, where nothing is known of what is usual. */
const LONG_MS = 30 * 60_000;

export function waitLine(card: Card, now: number): WaitLine {
  const since = Math.max(0, now - Date.parse(card.waiting.since));
  if (card.hold !== null) {
    const held = Math.max(0, now - Date.parse(card.hold.since));
    return { text: text.held(reasonName(card.hold.reason), held), tone: 'hold', lamp: 'hold' };
  }
  switch (listOf(card, grouping())) {
    case 'new':
      return freeLine(card, since);
    case 'free':
      return { text: text.dropped(since), tone: 'warn', lamp: 'alone' };
    case 'made':
      return card.status === 'PACKAGING'
        ? { text: text.packing(since), tone: 'none', lamp: 'flow' }
        : { text: text.made(since), tone: 'none', lamp: 'done' };
    default:
      return heldLine(card, now);
  }
}

const stayOf = (card: Card, ms: number): Stay =>
  tellsStay(card) ? weighed(usual.value, card.status, ms) : { is: undefined };

function freeLine(card: Card, since: number): WaitLine {
  const { is, median } = stayOf(card, since);
  if (is === undefined && since > LONG_MS) return { text: text.nobody(since), tone: 'warn', lamp: 'wait' };
  if (is === undefined || is === 'usual') return { text: text.free(since), tone: 'none', lamp: 'wait' };
  const said = besideUsual(text.nobody(since), since, median);
  return is === 'over' ? { text: said, tone: 'stop', lamp: 'late' } : { text: said, tone: 'none', lamp: 'wait' };
}

function besideUsual(said: string, ms: number, median: number | undefined): string {
  return median === undefined ? said : usualText.beside(said, usually(median, ms));
}

function heldLine(card: Card, now: number): WaitLine {
  const holder = card.capture?.operator;
  const name = holder?.name ?? '';
  const mine = holder?.id === myId();
  const started = card.status === 'MANUFACTURING_STARTED';
  const since = Math.max(0, now - Date.parse(started ? card.waiting.since : (card.capture?.since ?? card.updatedAt)));
  const alone = aloneSince(card.capture, now);
  if (alone !== undefined && !mine) return { text: text.alone(name, now - alone), tone: 'warn', lamp: 'alone' };
  const away = mine ? undefined : awaySince(holder?.id);
  const person = { name, mine, away: away !== undefined };
  const stay = started ? stayOf(card, since) : undefined;
  const tone: Tone = stay?.is === 'over' ? 'stop' : 'none';
  const beside = (said: string): string => besideUsual(said, since, stay?.median);
  if (mine) return { text: started ? beside(text.mineStarted(since)) : text.mineCaptured(since), tone, person };
  const work = started ? beside(text.otherStarted(name, since)) : text.otherCaptured(name, since);
  return { text: away === undefined ? work : text.away(work, Math.max(0, now - away)), tone, person };
}
