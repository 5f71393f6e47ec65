/** What may be ordered, once it is known; and the names of what orders carry as ids. */
import { signal } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';

export const catalog = signal<Catalog | undefined>(undefined);

export const materialName = (id: string): string => catalog.value?.materials.find((one) => one.id === id)?.name ?? id;
export const finishName = (material: string, id: string): string =>
  catalog.value?.materials.find((one) => one.id === material)?.finishes.find((finish) => finish.id === id)?.name ?? id;
export const urgencyName = (id: string): string => catalog.value?.urgencies.find((one) => one.id === id)?.name ?? id;
export const siteName = (id: string): string => catalog.value?.sites.find((site) => site.id === id)?.name ?? id;
/** Prices of a site are in its currency. */
export const currencyOf = (site: string): string | undefined =>
  catalog.value?.sites.find(({ id }) => id === site)?.currency;
