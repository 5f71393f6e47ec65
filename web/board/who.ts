/** Who looks at which board, and the names of what cards carry as ids. */
import { signal } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import type { Named } from '../../gateways/contract/shapes.ts';
import type { Me } from '../client/session.ts';
import { now } from '../ui/ticking.ts';
import type { Looker } from './actions.ts';

/** undefined = signed out; `asking` until that is known. */
export const me = signal<Me | undefined | 'asking'>('asking');
/** Their session is over, and the page waits for them to sign in again. */
export const sessionOver = signal(false);
export const operator = signal<Operator | undefined>(undefined);
export const catalog = signal<Catalog | undefined>(undefined);
export const site = signal<string | undefined>(undefined);

export const myId = (): string | undefined => (typeof me.value === 'object' ? me.value.id : undefined);
const roles = (): readonly string[] => (typeof me.value === 'object' ? me.value.roles : []);
export const isOperator = (): boolean => roles().includes('operator');
export const isSupervisor = (): boolean => roles().includes('supervisor');
/** Works on what is made: packs it, judges it, and nothing else. */
export const worksOnMade = (): boolean =>
  !isOperator() && !isSupervisor() && roles().some((role) => role === 'packer' || role === 'quality');

export const looker = (): Looker => ({ id: myId(), roles: roles(), operator: operator.value, now: now.value });

export const nameOfSite = (id: string): string => catalog.value?.sites.find((one) => one.id === id)?.name ?? id;
export const siteName = (): string => nameOfSite(site.value ?? '');

export const materialName = (id: string): string =>
  catalog.value?.materials.find((material) => material.id === id)?.name ?? id;

export const finishName = (material: string, id: string): string =>
  catalog.value?.materials.find((one) => one.id === material)?.finishes.find((finish) => finish.id === id)?.name ?? id;

export const reasonsOf = (command: string): readonly Named[] => catalog.value?.reasons[command] ?? [];

export const reasonName = (id: string): string =>
  Object.values(catalog.value?.reasons ?? {})
    .flat()
    .find((reason) => reason.id === id)?.name ?? id;

/** Other sites that make this material. */
export const sitesFor = (material: string): readonly Named[] => {
  const makers = catalog.value?.materials.find((one) => one.id === material)?.sites ?? [];
  return (catalog.value?.sites ?? []).filter(({ id }) => id !== site.value && makers.includes(id));
};

/** Materials made at this site. */
export const materialsHere = (): readonly Named[] =>
  (catalog.value?.materials ?? []).filter((material) => material.sites.includes(site.value ?? ''));
