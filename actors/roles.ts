/** Roles of people, partners and the system itself. A user may have several. */
export const ROLES = [
  'buyer',
  'partner',
  'operator',
  'packer',
  'quality',
  'supervisor',
  'crm',
  'engineer',
  'carrier',
  'system',
] as const;
export type Role = (typeof ROLES)[number];

/** Tenant of our own users; a partner's tenant is its id. */
export const HOUSE = 'house';

/** Everybody who works for the manufacturer. `system` is jobs, timers and duties: no credential gives it. */
export const STAFF: readonly Role[] = ['operator', 'packer', 'quality', 'supervisor', 'crm', 'engineer', 'carrier'];

/** Staff bound to the site they work at. */
export const FLOOR: readonly Role[] = ['operator', 'packer', 'quality', 'supervisor'];

export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);
export const isOneOf = (role: string, among: readonly Role[]): boolean => among.some((one) => one === role);
export const hasOneOf = (roles: readonly string[], among: readonly Role[]): boolean =>
  roles.some((role) => isOneOf(role, among));
