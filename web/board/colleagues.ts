/**
 * Whom an order may be handed over to: the free ones first, as it is when the form opens. From then on nobody changes places
 * under the finger; who comes is added at the end, and who can't take it any more stays, not to be chosen. Pure.
 */
import type { Card } from '../../gateways/contract/card.ts';
import type { Operator } from '../../gateways/contract/operator.ts';

export interface Colleague {
  readonly person: Operator;
  readonly able: boolean;
}

export function colleaguesOf(
  before: readonly Colleague[],
  crew: readonly Operator[],
  card: Pick<Card, 'capture' | 'material'>,
): Colleague[] {
  const stay = before.map(({ person: { id }, person }) => {
    const now = crew.find((one) => one.id === id);
    return now === undefined ? { person, able: false } : { person: now, able: mayTake(now, card) };
  });
  const known = new Set(before.map(({ person }) => person.id));
  const come = crew
    .filter((one) => !known.has(one.id) && mayTake(one, card))
    .sort((a, b) => Number(b.present) - Number(a.present) || a.held / a.limit - b.held / b.limit);
  return [...stay, ...come.map((person) => ({ person, able: true }))];
}

/** On shift, not the one who holds it, and with this material. */
const mayTake = (
  { id, onShift, skills }: Omit<Operator, 'skills'> & { readonly skills?: readonly string[] },
  { capture, material }: Pick<Card, 'capture' | 'material'>,
): boolean => onShift && id !== capture?.operator.id && skills?.includes(material) !== false;
