/**
 * Who may do what: pure, made of the command tables and the roles. Three answers, in this order: does it exist for the
 * caller (`sees`, else 404), may the caller send this at all (`roleFor`, `maySend`, else 403), and then the guards.
 */
import type { Issuer } from '../src/runtime/actor.ts';
import type { CommandSpec, CommandTable } from './command-table.ts';
import { FLOOR, hasOneOf, isOneOf, type Role, STAFF } from './roles.ts';

/** What tells to whom an order belongs and where it is made. */
export interface Belonging {
  readonly tenant: string;
  readonly owner: string;
  readonly site: string;
}

/** The role under which a caller with these roles sends the command; undefined = forbidden. */
export const roleFor = (spec: CommandSpec, roles: readonly string[]): Role | undefined =>
  spec.roles.find((role) => roles.includes(role));

/** Some roles may send some commands only about themselves. */
export const maySend = (spec: CommandSpec, issuer: Issuer, actor: string): boolean =>
  isOneOf(issuer.role, spec.roles) && (!isOneOf(issuer.role, spec.selfOnly ?? []) || issuer.id === actor);

export const isStaff = (roles: readonly string[]): boolean => hasOneOf(roles, STAFF);

/** Buyers, partners and guests are shown less: no persons, no work on the floor. */
export const publicView = (issuer: Pick<Issuer, 'roles'>): boolean => !isStaff(issuer.roles) && !isSystem(issuer);

/** Finds orders by the names of people and of their files; those of the floor need numbers only. */
export const looksPeopleUp = (roles: readonly string[]): boolean => hasOneOf(roles, ['crm', 'engineer', 'supervisor']);

const isSystem = ({ roles }: Pick<Issuer, 'roles'>): boolean => roles.includes('system');

/**
 * May a command under the issuer's role address this order? Staff addresses every site's orders (and is told
 * `wrong_site`), a buyer only its own, a partner those of its company.
 */
export function sees(order: Belonging, issuer: Issuer): boolean {
  if (issuer.role === 'system' || isOneOf(issuer.role, STAFF)) return true;
  return owns(order, issuer, issuer.role);
}

function owns(order: Belonging, issuer: Issuer, role: string): boolean {
  if (order.tenant !== issuer.tenant) return false;
  return role === 'partner' || (role === 'buyer' && order.owner === issuer.id);
}

/** May the caller, with all its roles, read this order? Staff bound to a site reads that site's only. */
export function readable(order: Belonging, issuer: Issuer): boolean {
  if (isSystem(issuer)) return true;
  if (isStaff(issuer.roles) && (issuer.site === undefined || issuer.site === order.site)) return true;
  return issuer.roles.some((role) => owns(order, issuer, role));
}

/** May the caller give others a link to this order? Only whose it is. */
export const mayShare = (order: Belonging, issuer: Issuer): boolean =>
  issuer.roles.some((role) => owns(order, issuer, role));

/** A site's board is for those who work there; a supervisor without a site sees all. */
export const boardVisible = (site: string, issuer: Issuer): boolean =>
  hasOneOf(issuer.roles, FLOOR) &&
  (issuer.site === site || (issuer.site === undefined && issuer.roles.includes('supervisor')));

/** Does the caller's site keep it from commanding something of that site? */
export const atWrongSite = (site: string, issuer: Issuer): boolean =>
  isOneOf(issuer.role, FLOOR) && issuer.site !== undefined && issuer.site !== site;

/** The commands of a table that a caller with these roles may send. */
export const allowed = (table: CommandTable, roles: readonly string[]): string[] =>
  Object.entries(table).flatMap(([type, spec]) => (roleFor(spec, roles) === undefined ? [] : [type]));
