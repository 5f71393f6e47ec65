/** What may be sent to orders and operators from outside: the command tables, seen from an edge. */
import type { CommandSpec, CommandTable, Exposure } from '../../actors/command-table.ts';
import { OPERATOR_COMMANDS } from '../../actors/operator/commands.ts';
import { ORDER_COMMANDS } from '../../actors/order/commands.ts';
import type { Role } from '../../actors/roles.ts';

export type { CommandSpec, Exposure };
export { OPERATOR_COMMANDS, ORDER_COMMANDS };

export interface NamedCommand {
  readonly name: string;
  readonly spec: CommandSpec;
}

/** The commands of a table that an edge offers. */
export const offered = (table: CommandTable, through: Exposure): readonly NamedCommand[] =>
  Object.entries(table)
    .filter(([, spec]) => spec.exposed.includes(through))
    .map(([name, spec]) => ({ name, spec }));

/**
 * The caller's roles under which the command may be sent about `actor`, in the order of the table. With several, a later
 * one counts where the actor does not exist for an earlier one (a buyer who is also of the CRM).
 */
export const rolesFor = (spec: CommandSpec, caller: { id: string; roles: readonly string[] }, actor: string): Role[] =>
  spec.roles.filter(
    (role) => caller.roles.includes(role) && (caller.id === actor || spec.selfOnly?.includes(role) !== true),
  );
