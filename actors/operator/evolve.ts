import type { OperatorEvent, OperatorState } from './state.ts';

export function evolve(
  operator: OperatorState | undefined,
  event: OperatorEvent,
  { actor, at }: { readonly actor: string; readonly at: string },
): OperatorState {
  if (event.type === 'hired') {
    const { site, limit, skills } = event;
    return { id: actor, site, onShift: false, limit, ...(skills === undefined ? {} : { skills }) };
  }
  if (operator === undefined) throw new Error(`${event.type} of operator ${actor}, who was never hired`);
  switch (event.type) {
    case 'shift-started':
      return { ...operator, onShift: true, shiftSince: at };
    case 'shift-ended': {
      const { shiftSince: _, ...rest } = operator;
      return { ...rest, onShift: false };
    }
    case 'limit-set':
      return { ...operator, limit: event.limit };
    case 'skills-set':
      return { ...operator, skills: event.skills };
  }
}
