/** A person acts on a card: asks once, shows that it is asking, and tells what came of it. */

import type { Card } from '../../gateways/contract/card.ts';
import type { CommandAck, CommandDone, Nack } from '../../gateways/contract/live.ts';
import { boardText } from '../text/en-board.ts';
import { problemText } from '../text/en-common.ts';
import { say } from '../ui/announce.tsx';
import { clock, tick } from '../ui/ticking.ts';
import { onFloor, readOperator, showNow } from './app.ts';
import { type ActionType, type Notes, note, notesOf } from './card-notes.ts';
import { listOf } from './lists.ts';
import { expectMove } from './moves.ts';
import { refusalBand } from './refusal-band.ts';
import { cardOf } from './store.ts';
import { dropPlaceholder, leavePlaceholder, taken, takenKey } from './taken.ts';
import { isOperator, myId, operator } from './who.ts';

/** What may be done with a card now; `why` = it can't be done, in words. */
export interface Offer {
  readonly type: ActionType;
  readonly why?: string;
}

export function offersOf(card: Card): readonly Offer[] {
  if (!isOperator()) return [];
  const list = listOf(card, myId());
  const why = card.hold === null ? undefined : boardText.cannot.onHold;
  if (list === 'new' || list === 'free') {
    const cannot = why ?? (operator.value?.onShift === false ? boardText.cannot.offShift : undefined);
    return [{ type: 'capture', ...(cannot === undefined ? {} : { why: cannot }) }];
  }
  if (list !== 'mine') return [];
  const next = card.status === 'MANUFACTURING_STARTED' ? 'complete' : 'start';
  return [{ type: next, ...(why === undefined ? {} : { why }) }, { type: 'release' }];
}

export async function act(order: string, type: ActionType): Promise<void> {
  const card = cardOf(order)?.peek();
  const floor = onFloor();
  const offer = card && offersOf(card).find((one) => one.type === type);
  if (card === undefined || floor === undefined || offer === undefined) return;
  if (notesOf(order).peek().asking !== undefined) return;
  if (offer.why !== undefined) return say(offer.why);
  const askedAt = clock.now();
  noteBoth(order, { asking: { type, again: false, at: askedAt }, band: undefined });
  if (type !== 'capture') expectMove(order);
  const answer = await floor.commands.send({ target: { order }, type, fields: { epoch: card.epoch } }, () =>
    noteBoth(order, { asking: { type, again: true, at: askedAt } }),
  );
  noteBoth(order, { asking: undefined });
  if (answer.ok) done(card, type, answer);
  else refused(card, type, answer, askedAt);
}

function done(card: Card, type: ActionType, { card: now }: CommandDone): void {
  clock.observe(now?.updatedAt);
  if (taken.peek().has(card.order)) dropPlaceholder(card.order);
  if (now !== undefined) onFloor()?.board.picture.card(now);
  showNow();
  tick();
  say(type === 'capture' ? boardText.won(card.number) : (boardText.did[type]?.(card.number) ?? ''));
}

function refused(card: Card, type: ActionType, nack: Nack, askedAt: number): void {
  const lost = nack.code === 'already_captured';
  if (lost && (nack['holder'] as { id?: string } | undefined)?.id === myId()) return;
  const band = refusalBand(card, type, nack, askedAt);
  say([band.title, band.detail].filter((part) => part !== '').join('. '));
  if (nack.code === 'off_shift' || nack.code === 'wip_limit') void readOperator();
  const list = listOf(card, myId());
  if (lost || taken.peek().has(card.order)) leavePlaceholder(card, list, band);
  else note(card.order, { band });
}

export function dismiss(key: string, order: string): void {
  if (key === takenKey(order)) dropPlaceholder(order);
  else note(key, { band: undefined });
}

function noteBoth(order: string, change: Notes): void {
  note(order, change);
  if (taken.peek().has(order)) note(takenKey(order), change);
}

/** Starts or ends my own shift; resolves with a text when it did not work. */
export async function changeShift(on: boolean): Promise<string | undefined> {
  const floor = onFloor();
  if (floor === undefined) return undefined;
  const answer: CommandAck = await floor.commands.send({
    target: { operator: 'me' },
    type: on ? 'start-shift' : 'end-shift',
  });
  if (!answer.ok) return problemText(answer.code);
  if (answer.operator === undefined) await readOperator();
  else operator.value = answer.operator;
  return undefined;
}
