import { words } from './words.ts';

/** Who acts: the roles of people and companies, and the product itself. */
export const rolesText = words('roles', {
  system: 'Andon',
  of: {
    buyer: 'Buyer',
    partner: 'Partner',
    operator: 'Operator',
    packer: 'Packing',
    quality: 'Quality',
    supervisor: 'Supervisor',
    crm: 'Sales',
    engineer: 'Engineer',
    carrier: 'Carrier',
    system: 'Andon',
  } as Readonly<Record<string, string>>,
});

export const roleName = (role: string | undefined): string => rolesText.of[role ?? ''] ?? rolesText.system;
