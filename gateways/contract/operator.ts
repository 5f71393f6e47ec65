/** An operator, for staff. */
import Type, { type Static } from 'typebox';
import type { OperatorState } from '../../actors/operator/state.ts';
import { type NameOf, Uuid } from './shapes.ts';

/** `skills`: ids of materials; absent = all. `held` = orders held now, `present` = a socket is open. */
export const Operator = Type.Object({
  id: Uuid,
  name: Type.String(),
  site: Type.String(),
  onShift: Type.Boolean(),
  present: Type.Boolean(),
  held: Type.Integer(),
  limit: Type.Integer(),
  skills: Type.Optional(Type.Array(Type.String())),
});
export type Operator = Static<typeof Operator>;

export const OperatorAnswer = Type.Object({ ok: Type.Literal(true), version: Type.Integer(), operator: Operator });
export type OperatorAnswer = Static<typeof OperatorAnswer>;

export function renderOperator(
  state: OperatorState,
  now: { readonly held: number; readonly present: boolean },
  nameOf: NameOf,
): Operator {
  return {
    id: state.id,
    name: nameOf(state.id) ?? state.id,
    site: state.site,
    onShift: state.onShift,
    present: now.present,
    held: now.held,
    limit: state.limit,
    ...(state.skills === undefined ? {} : { skills: [...state.skills] }),
  };
}
