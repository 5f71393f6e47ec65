/**
 * Who looks after whose accounts: pure. Nobody looks after accounts of a role of one's own, whatever other roles one has
 * beside it, so nobody can lock out oneself or one's peers, and nobody gives away more than stands below.
 */
import { isOneOf, type Role } from './roles.ts';

const WORKERS: readonly Role[] = ['operator', 'packer', 'quality'];

const LOOKS_AFTER: Readonly<Record<string, readonly Role[]>> = {
  supervisor: WORKERS,
  engineer: [...WORKERS, 'supervisor', 'crm', 'carrier'],
};

/** Roles that look after accounts at all. */
export const LOOKERS: readonly Role[] = ['supervisor', 'engineer'];

export interface Account {
  readonly roles: readonly string[];
  /** Absent or null: bound to no site. */
  readonly site?: string | null;
}

/** Every role that the caller may give. */
export const rolesUnder = (roles: readonly string[]): readonly Role[] => [
  ...new Set(roles.flatMap((role) => LOOKS_AFTER[role] ?? []).filter((role) => !roles.includes(role))),
];

/** Whoever is bound to a site looks after accounts of that site only. */
export const inCharge = (caller: Account, of: Account): boolean =>
  of.roles.length > 0 &&
  of.roles.every((role) => isOneOf(role, rolesUnder(caller.roles))) &&
  (caller.site === undefined || caller.site === null || of.site === caller.site);

/** Whoever takes orders in hand works at a site. */
export const needsSite = (roles: readonly string[]): boolean => roles.includes('operator');
