/** The policy matrix as the edges must keep it, from the command tables alone: who, what, of whom, over which transport. */
import { type CommandSpec, isInternal } from '../../actors/command-table.ts';
import { isOneOf, ROLES, type Role } from '../../actors/roles.ts';
import { type Exposure, OPERATOR_COMMANDS, ORDER_COMMANDS } from '../../gateways/contract/commands.ts';

export type Caller = Exclude<Role, 'system'> | 'guest';
export const CALLERS: readonly Caller[] = [...ROLES.filter((role) => role !== 'system'), 'guest'];

/**
 * What is addressed: of the caller or its site · of somebody else, at its site · elsewhere · nothing there is · elsewhere,
 * by a caller bound to no site.
 */
export const RELATIONS = ['own', 'foreign', 'other site', 'unknown', 'unbound'] as const;
export type Relation = (typeof RELATIONS)[number];

/** `/api`, the floor's sockets, and `/v1` with a partner's key. */
export const TRANSPORTS = ['rest', 'socket', 'v1'] as const;
export type Transport = (typeof TRANSPORTS)[number];

/** `misfit`: a field too many, and no key, so it also tells that the shape is looked at before the key. */
export const SHAPES = ['fitting', 'misfit', 'keyless'] as const;
export type Shape = (typeof SHAPES)[number];

/** `judged`: it came as far as the command's own guards, or was accepted. */
export type Outcome =
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'unknown command'
  | 'misfit'
  | 'idempotency_key_required'
  | 'wrong_site'
  | 'judged';

export interface Cell {
  readonly kind: 'order' | 'operator';
  readonly type: string;
  readonly spec: CommandSpec;
  readonly caller: Caller;
  readonly relation: Relation;
  readonly transport: Transport;
  readonly shape: Shape;
}

export const COMMANDS: readonly Pick<Cell, 'kind' | 'type' | 'spec'>[] = [
  ...Object.entries(ORDER_COMMANDS).map(([type, spec]) => ({
    kind: 'order' as const,
    type,
    spec: spec as CommandSpec,
  })),
  ...Object.entries(OPERATOR_COMMANDS).map(([type, spec]) => ({
    kind: 'operator' as const,
    type,
    spec: spec as CommandSpec,
  })),
];

export const CELLS: readonly Cell[] = COMMANDS.flatMap((command) =>
  CALLERS.flatMap((caller) =>
    RELATIONS.flatMap((relation) =>
      TRANSPORTS.flatMap((transport) => SHAPES.map((shape) => ({ ...command, caller, relation, transport, shape }))),
    ),
  ),
);

export const nameOf = ({ kind, type, caller, relation, transport, shape }: Cell): string =>
  [kind, type, caller, relation, transport, shape].join(' / ');

export const CUSTOMERS: readonly Caller[] = ['buyer', 'partner'];
export const BOUND_TO_A_SITE: readonly Caller[] = ['operator', 'packer', 'quality', 'supervisor'];

const THROUGH: Readonly<Record<Transport, Exposure>> = { rest: 'api', socket: 'mes', v1: 'partners' };

export const isOffered = ({ spec }: Pick<Cell, 'spec'>, transport: Transport): boolean =>
  !isInternal(spec) && spec.exposed.includes(THROUGH[transport]);

/** In the order that the surface promises: 401 · 404 · 403 · 422 · 428 · the command's refusals, `wrong_site` first. */
export function expected(cell: Cell): Outcome {
  const { caller, transport, shape, spec } = cell;
  if (transport === 'socket') {
    // The floor's sockets are for staff: others don't come in.
    if (caller === 'guest') return 'unauthenticated';
    if (CUSTOMERS.includes(caller)) return 'forbidden';
  }
  if (!isOffered(cell, transport)) return transport === 'socket' ? 'unknown command' : 'not_found';
  // There a session is nothing: keys alone count.
  if (caller === 'guest' || (transport === 'v1' && caller !== 'partner')) return 'unauthenticated';
  if (!exists(cell)) return 'not_found';
  if (!may(cell, caller)) return 'forbidden';
  if (shape === 'misfit') return 'misfit';
  if (shape === 'keyless' && (spec.keyRequired || transport === 'v1')) return 'idempotency_key_required';
  return !spec.creates && isElsewhere(caller, cell.relation) ? 'wrong_site' : 'judged';
}

/** For this caller: buyers and partners see their own orders, and no operators. */
function exists({ kind, spec, caller, relation }: Cell): boolean {
  if (spec.creates) return true;
  if (relation === 'unknown') return false;
  return !CUSTOMERS.includes(caller) || (kind === 'order' && relation !== 'foreign');
}

const may = ({ spec, relation }: Cell, role: Role): boolean =>
  isOneOf(role, spec.roles) && (!isOneOf(role, spec.selfOnly ?? []) || relation === 'own' || relation === 'unbound');

/** The caller is bound to another site than that of what it asks for. */
export const isElsewhere = (caller: Caller, relation: Relation): boolean =>
  relation === 'other site' && BOUND_TO_A_SITE.includes(caller);
