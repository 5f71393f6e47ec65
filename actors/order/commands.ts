/**
 * The command table of an order: each command, its fields, who may send it and what it needs to know. REST routes,
 * socket commands, OpenAPI and policy come from it.
 */
import type { CommandOf } from '../command-table.ts';
import { CUSTOMER_COMMANDS } from './commands/customer.ts';
import { FLOOR_COMMANDS } from './commands/floor.ts';
import { OFFICE_COMMANDS } from './commands/office.ts';
import { SYSTEM_COMMANDS } from './commands/system.ts';

export const ORDER_COMMANDS = { ...CUSTOMER_COMMANDS, ...FLOOR_COMMANDS, ...OFFICE_COMMANDS, ...SYSTEM_COMMANDS };

export type OrderCommand = CommandOf<typeof ORDER_COMMANDS>;
export type OrderCommandType = OrderCommand['type'];
/** One command of the union by its name. */
export type OrderCommandNamed<Name extends OrderCommandType> = Extract<OrderCommand, { readonly type: Name }>;
