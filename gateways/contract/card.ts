/** A card of a board, for staff: what the views hold, with names added at the edge. */
import Type, { type Static } from 'typebox';
import type { Card as StoredCard } from '../../actors/order/card.ts';
import { LANES } from '../../actors/order/lifecycle.ts';
import {
  Cancellation,
  HandOver,
  Hold,
  renderCancellation,
  renderHandOver,
  renderHold,
  renderWaiting,
  Status,
  Waiting,
} from './order.ts';
import { type NameOf, nullable, Person, person, Time, Uuid } from './shapes.ts';

export const Lane = Type.Enum([...LANES]);
export type Lane = Static<typeof Lane>;

export const Card = Type.Object({
  order: Uuid,
  number: Type.String(),
  version: Type.Integer(),
  lane: Lane,
  status: Status,
  epoch: Type.Integer(),
  title: Type.String(),
  material: Type.String(),
  finish: Type.String(),
  quantity: Type.Integer(),
  priority: Type.Integer(),
  due: nullable(Time),
  capture: nullable(Type.Object({ operator: Person, since: Time })),
  handOver: nullable(HandOver),
  hold: nullable(Hold),
  cancellation: nullable(Cancellation),
  thumb: nullable(Type.String()),
  waiting: Waiting,
  updatedAt: Time,
});
export type Card = Static<typeof Card>;

/** Ids of the persons that `renderCard` will name. */
export const personsOnCard = ({ capture, handOver, hold, cancellation, waiting }: StoredCard): string[] =>
  [capture?.operator, handOver?.to, handOver?.by, hold?.by, cancellation?.by, waiting.who].filter(
    (id) => id !== undefined,
  );

/** Only staff looks at boards, so every name is shown. */
export function renderCard(card: StoredCard, nameOf: NameOf): Card {
  const staff = { staff: true };
  return {
    ...card,
    capture: card.capture && { operator: person(card.capture.operator, nameOf), since: card.capture.since },
    handOver: card.handOver && renderHandOver(card.handOver, nameOf),
    hold: card.hold && renderHold(card.hold, staff, nameOf),
    cancellation: card.cancellation && renderCancellation(card.cancellation, staff, nameOf),
    waiting: renderWaiting(card.waiting, staff, nameOf),
  };
}
