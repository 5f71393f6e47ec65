/**
 * The form of a command table: one entry per command. REST routes, socket commands, OpenAPI and policy are made from it,
 * nothing is written by hand per transport.
 */
import type { Static, TObject } from 'typebox';
import type { FactRequest, Issuer } from '../src/runtime/actor.ts';
import type { Role } from './roles.ts';

/** Where a command may come from: `api` = REST for people, `mes` = sockets of the floor, `partners` = `/v1`. */
export type Exposure = 'api' | 'mes' | 'partners';

/** One fault of a command's fields: where (JSON pointer) and which rule. */
export interface FieldFault {
  readonly path: string;
  readonly rule: string;
}

export interface CommandSpec<T extends TObject = TObject> {
  /** One line for the documentation. */
  readonly about: string;
  /** The fields without `type`; unknown ones are refused. */
  readonly fields: T;
  /** Who may send it. A caller with several of these roles sends it under the first one. */
  readonly roles: readonly Role[];
  /** Of these, who may send it only about themselves (an operator's own shift). */
  readonly selfOnly?: readonly Role[];
  readonly exposed: readonly Exposure[];
  /** May only be sent with an Idempotency-Key. */
  readonly keyRequired: boolean;
  /** First of an actor: there is nothing to address yet. */
  readonly creates: boolean;
  facts(command: Static<T>, issuer: Issuer): readonly FactRequest[];
  /** Rules on the fields that depend on who sends them and so can't stand in the schema. */
  check?(command: Static<T>, issuer: Issuer): readonly FieldFault[];
}

export type CommandTable = Readonly<Record<string, CommandSpec>>;

/** The union of a table's commands: `{type} & fields`. */
export type CommandOf<Table> = {
  [Name in keyof Table & string]: Table[Name] extends { readonly fields: infer T extends TObject }
    ? { readonly type: Name } & Readonly<Static<T>>
    : never;
}[keyof Table & string];

type Given<T extends TObject> = Pick<CommandSpec<T>, 'about' | 'fields' | 'roles'> & Partial<CommandSpec<T>>;

export const command = <T extends TObject>(spec: Given<T>): CommandSpec<T> => ({
  exposed: ['api'],
  keyRequired: false,
  creates: false,
  facts: () => [],
  ...spec,
});

/** A command no person can send: the result of a job, a timer, a duty. */
export const systemCommand = <T extends TObject>(
  about: string,
  fields: T,
  facts: CommandSpec<T>['facts'] = () => [],
): CommandSpec<T> => command({ about, fields, roles: ['system'], exposed: [], facts });

/** No edge offers it. */
export const isInternal = (spec: CommandSpec): boolean => spec.exposed.length === 0;

export const commandSpec = (table: CommandTable, type: string): CommandSpec | undefined =>
  Object.hasOwn(table, type) ? table[type] : undefined;

/** What the table says this command needs to know from elsewhere. */
export function factsFor(
  table: CommandTable,
  given: { readonly type: string },
  issuer: Issuer,
): readonly FactRequest[] {
  return commandSpec(table, given.type)?.facts(given, issuer) ?? [];
}

/** Names of the commands that may be the first of an actor. */
export const creators = <Table extends CommandTable>(table: Table): (keyof Table & string)[] =>
  Object.keys(table).filter((type) => table[type]?.creates === true);
