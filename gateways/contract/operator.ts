/** An operator, for staff. */
import Type, { type Static } from 'typebox';
import type { OperatorState } from '../../actors/operator/state.ts';
import { type NameOf, Time, Uuid } from './shapes.ts';

/**
 * `skills`: ids of materials the operator may work. `held` = orders held now, `present` = a socket is open. `shiftSince`: when
 * the shift began; only on shift.
 */
export const Operator = Type.Object({
  id: Uuid,
  name: Type.String(),
  site: Type.String(),
  onShift: Type.Boolean(),
  shiftSince: Type.Optional(Time),
  present: Type.Boolean(),
  held: Type.Integer(),
  limit: Type.Integer(),
  skills: Type.Array(Type.String()),
});
export type Operator = Static<typeof Operator>;

export const OperatorAnswer = Type.Object({ ok: Type.Literal(true), version: Type.Integer(), operator: Operator });
export type OperatorAnswer = Static<typeof OperatorAnswer>;

export function renderOperator(
  state: OperatorState,
  now: { readonly held: number; readonly present: boolean; materials(site: string): readonly string[] },
  nameOf: NameOf,
): Operator {
  return {
    id: state.id,
    name: nameOf(state.id) ?? state.id,
    site: state.site,
    onShift: state.onShift,
    ...(state.shiftSince === undefined ? {} : { shiftSince: state.shiftSince }),
    present: now.present,
    held: now.held,
    limit: state.limit,
    skills: [...(state.skills ?? now.materials(state.site))], // none said = whatever the site works
  };
}
