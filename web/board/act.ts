/** A person acts on a card: asks once, shows that it is asking, and tells what came of it. */
import type { Card } from '../../gateways/contract/card.ts';
import type { CommandDone, Nack } from '../../gateways/contract/live.ts';
import { actText } from '../text/acts.ts';
import { problemText } from '../text/common.ts';
import { say, tell } from '../ui/announce.tsx';
import { clock, tick } from '../ui/ticking.ts';
import { type ActionType, namesEpoch, type Offer, offers } from './actions.ts';
import { onFloor, readOperator, showNow } from './app.ts';
import { type Band, type Notes, note, notesOf } from './card-notes.ts';
import { expected } from './expected.ts';
import { select } from './focus.ts';
import { listOf } from './lists.ts';
import { lostBand, sinceOf } from './lost-band.ts';
import { expectMove } from './moves.ts';
import { closePanel, openForm } from './panel.ts';
import { grouping } from './presence.ts';
import { cardOf, listWith } from './store.ts';
import { dropPlaceholder, leavePlaceholder, taken, takenKey } from './taken.ts';
import { looker, me, myId, site } from './who.ts';

export const offersOf = (card: Card): Offer[] => offers(card, looker());

/** A button or a key: what asks for something opens its form, the rest is done at once. */
export function press(order: string, type: ActionType): void {
  const card = cardOf(order)?.peek();
  const offer = card && offersOf(card).find((one) => one.type === type);
  if (card === undefined || offer === undefined) return;
  if (offer.why !== undefined) tell(actText.cannot[offer.why]);
  else if (offer.asks.length > 0) openForm(order, type, card.epoch);
  else {
    closePanel();
    void act(order, type, {}, card.epoch);
  }
}

/** What is shown before it is answered, by order: one more action may follow it. Resolves with whether it was done. */
const shownAhead = new Map<string, Promise<boolean>>();

/** `epoch`: of the capture that the person saw when deciding. */
export async function act(
  order: string,
  type: ActionType,
  fields: Readonly<Record<string, unknown>>,
  epoch: number,
): Promise<void> {
  const before = shownAhead.get(order);
  shownAhead.delete(order);
  if (before !== undefined && !(await before)) return;
  if (cardOf(order) === undefined || notesOf(order).peek().asking !== undefined) return;
  const asked = ask(order, type, namesEpoch(type) ? { ...fields, epoch } : fields);
  if (notesOf(order).peek().asking?.ahead) shownAhead.set(order, asked);
  try {
    await asked;
  } finally {
    if (shownAhead.get(order) === asked) shownAhead.delete(order);
  }
}

async function ask(order: string, type: ActionType, fields: Readonly<Record<string, unknown>>): Promise<boolean> {
  const card = cardOf(order)?.peek();
  const floor = onFloor();
  if (card === undefined || floor === undefined) return false;
  const askedAt = clock.now();
  const change = expected(type, fields, me.peek(), askedAt);
  const ahead = change?.(card) !== undefined;
  const expectation = change && ahead ? floor.board.picture.expect(order, change) : undefined;
  const asking = { type, again: false, at: askedAt, ahead };
  noteBoth(order, { asking, band: undefined });
  if (type !== 'capture') expectMove(order);
  showNow();
  const answer = await floor.commands.send({ target: { order }, type, fields }, () =>
    noteBoth(order, { asking: { ...asking, again: true } }),
  );
  noteBoth(order, { asking: undefined });
  if (answer.ok) {
    expectation?.done(answer.version);
    done(card, type, answer);
  } else {
    expectation?.end();
    showNow();
    await refused(card, type, answer, askedAt);
  }
  return answer.ok;
}

function done(card: Card, type: ActionType, { card: now, order }: CommandDone): void {
  clock.observe(now?.updatedAt);
  if (taken.peek().has(card.order)) dropPlaceholder(card.order);
  // What was moved away answers with its card on the other board.
  if (now !== undefined && order?.site === site.peek()) onFloor()?.board.picture.card(now);
  showNow();
  tick();
  say(actText.did[type](card.number));
}

async function refused(card: Card, type: ActionType, nack: Nack, askedAt: number): Promise<void> {
  const lost = nack.code === 'already_captured' && type === 'capture';
  const holder = nack['holder'] as { id?: string; name?: string } | undefined;
  if (lost && holder?.id === myId()) return;
  // A lost race is told at once, before the card moves; words of the others are loaded when there is one.
  const band =
    lost && holder?.name !== undefined
      ? lostBand(card, holder.name, sinceOf(nack), askedAt)
      : await bandOf(card, type, nack, askedAt);
  say([band.title, band.detail].filter((part) => part !== '').join('. '));
  if (nack.code === 'off_shift' || nack.code === 'wip_limit' || nack.code === 'wrong_skill') void readOperator();
  const list = listWith(card.order) ?? listOf(card, grouping());
  if (lost || taken.peek().has(card.order)) leavePlaceholder(card, list, band);
  else note(card.order, { band });
}

/** Without a line, say, its own words cannot be loaded: then it is told in fewer. */
const bandOf = (card: Card, type: ActionType, nack: Nack, askedAt: number): Promise<Band> =>
  import('./refusal-band.ts').then(
    ({ refusalBand }) => refusalBand(card, type, nack, askedAt),
    () => ({
      tone: 'stop',
      mark: { lamp: 'tight' },
      title: problemText(nack.code),
      detail: '',
      code: nack.code,
      since: performance.now(),
    }),
  );

export function dismiss(key: string, order: string): void {
  if (key === takenKey(order)) dropPlaceholder(order);
  else note(key, { band: undefined });
}

/** Selects a card that a key or a notice leads to; says so when it is not on the board. */
export function goTo(card: Card | undefined, otherwise: string): void {
  if (card === undefined) tell(otherwise);
  else select(card.order);
}

function noteBoth(order: string, change: Notes): void {
  note(order, change);
  if (taken.peek().has(order)) note(takenKey(order), change);
}
