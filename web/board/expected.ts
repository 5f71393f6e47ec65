/**
 * How a card will stand once its holder's action is done, where that can be shown before the server has said so: nobody
 * else can do it meanwhile. Not a capture, which two may want. Pure.
 */
import type { Card } from '../../gateways/contract/card.ts';
import type { Expected } from '../client/board-expectations.ts';
import type { Me } from '../client/session.ts';
import type { ActionType } from './actions.ts';

/** undefined: nothing is shown before the answer. `at`: now, milliseconds since 1970 by the server's clock. */
export function expected(
  type: ActionType,
  fields: Readonly<Record<string, unknown>>,
  me: Pick<Me, 'id' | 'name'> | string | undefined,
  at: number,
): Expected | undefined {
  if (typeof me !== 'object') return undefined;
  const since = new Date(at).toISOString();
  const change = changes(fields, me, since)[type];
  return change && ((card) => (card.capture?.operator.id === me.id ? change(card) : undefined));
}

function changes(
  { reason }: Readonly<Record<string, unknown>>,
  { id, name }: Pick<Me, 'id' | 'name'>,
  since: string,
): Partial<Readonly<Record<ActionType, Expected>>> {
  return {
    start: (card) =>
      card.status === 'MANUFACTURING_APPROVED' && isCalm(card)
        ? {
            ...card,
            lane: 'in_work',
            status: 'MANUFACTURING_STARTED',
            waiting: { ...card.waiting, since, reason: 'to-complete' },
          }
        : undefined,
    complete: (card) =>
      card.status === 'MANUFACTURING_STARTED' && isCalm(card)
        ? {
            ...card,
            lane: 'made',
            status: 'MANUFACTURING_COMPLETED',
            capture: null,
            handOver: null,
            waiting: { for: 'packer', since, reason: 'to-pack' },
            updatedAt: since,
          }
        : undefined,
    hold: (card) =>
      card.hold === null && typeof reason === 'string'
        ? { ...card, hold: { reason, by: { role: 'operator', id, name }, since } }
        : undefined,
    resume: (card) => (card.hold?.by.id === id ? { ...card, hold: null } : undefined),
  };
}

/** What is on hold, or asked to be cancelled, may be refused. */
const isCalm = ({ hold, cancellation }: Card): boolean => hold === null && cancellation === null;
