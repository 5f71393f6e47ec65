/** Which roles a page offers for a new account; the server decides, and a test holds this table against its own. Pure. */
const GIVEN_BY: Readonly<Record<string, readonly string[]>> = {
  supervisor: ['operator', 'packer', 'quality'],
  engineer: ['operator', 'packer', 'quality', 'supervisor', 'crm', 'carrier'],
};

export const rolesToGive = (roles: readonly string[]): readonly string[] => [
  ...new Set(roles.flatMap((role) => GIVEN_BY[role] ?? []).filter((role) => !roles.includes(role))),
];
