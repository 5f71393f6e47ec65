/** Who looks at which board, and the names of what cards carry as ids. */
import { signal } from '@preact/signals';
import type { People } from '../../gateways/contract/board.ts';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Operator } from '../../gateways/contract/operator.ts';
import type { Me } from '../client/session.ts';

/** undefined = signed out; `asking` until that is known. */
export const me = signal<Me | undefined | 'asking'>('asking');
export const operator = signal<Operator | undefined>(undefined);
export const catalog = signal<Catalog | undefined>(undefined);
export const site = signal<string | undefined>(undefined);
export const people = signal<People>({});

export const myId = (): string | undefined => (typeof me.value === 'object' ? me.value.id : undefined);
export const isOperator = (): boolean => typeof me.value === 'object' && me.value.roles.includes('operator');

export const siteName = (): string =>
  catalog.value?.sites.find((one) => one.id === site.value)?.name ?? site.value ?? '';

export const materialName = (id: string): string =>
  catalog.value?.materials.find((material) => material.id === id)?.name ?? id;

export const finishName = (material: string, id: string): string =>
  catalog.value?.materials.find((one) => one.id === material)?.finishes.find((finish) => finish.id === id)?.name ?? id;

export const reasonName = (id: string): string =>
  Object.values(catalog.value?.reasons ?? {})
    .flat()
    .find((reason) => reason.id === id)?.name ?? id;

/** Longer than this without a socket, a holder is absent. */
const GRACE_MS = 120_000;

/** Since when the card's holder has been away for longer than the grace; undefined = attended. */
export function aloneSince(holder: string | undefined, now: number): number | undefined {
  const person = holder === undefined ? undefined : people.value[holder];
  if (person === undefined || person.present) return undefined;
  const since = Date.parse(person.since);
  return now - since > GRACE_MS ? since : undefined;
}
