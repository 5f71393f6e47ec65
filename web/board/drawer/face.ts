/** What the drawer needs to know of an order: from its card, which is live, else from the order as it was read. Pure. */
import type { Card } from '../../../gateways/contract/card.ts';
import type { Order } from '../../../gateways/contract/order.ts';
import { pictureOf } from '../../ui/model-picture.ts';

export interface Face
  extends Pick<Card, 'number' | 'title' | 'material' | 'finish' | 'quantity' | 'priority' | 'status' | 'waiting'> {
  readonly due: string | null;
  readonly thumb: string | null;
  readonly held: boolean;
  readonly cancelling: boolean;
}

export function faceOf(card: Card | undefined, order: Order | undefined): Face | undefined {
  if (card !== undefined && (order === undefined || card.version >= order.version))
    return { ...card, held: card.hold !== null, cancelling: card.cancellation !== null };
  if (order === undefined) return undefined;
  const { number, priority, status, waiting, settings, model, due } = order;
  return {
    number,
    title: model.name,
    ...settings,
    priority,
    status,
    waiting,
    due: due ?? null,
    thumb: pictureOf(model),
    held: order.hold !== undefined,
    cancelling: order.cancellation !== undefined,
  };
}
