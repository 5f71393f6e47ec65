/** The tariffs of all sites, in the order in which an order that names no site tries them. */
import { makes, type Wanted } from './settings.ts';
import type { Tariff } from './tariff.ts';

/** `version` = hash of the file: a price names the tariff it was calculated with. */
export type SiteTariff = Tariff & { readonly version: string };

export type TariffBook = readonly SiteTariff[];

export const tariffOf = (book: TariffBook | undefined, site: string): SiteTariff | undefined =>
  book?.find((tariff) => tariff.site === site);

/** Ids of what a site works. */
export const materialsAt = (book: TariffBook, site: string): readonly string[] =>
  tariffOf(book, site)?.materials.map(({ id }) => id) ?? [];

/** Without a site: the first that makes what is wanted. */
export function tariffFor(
  book: TariffBook | undefined,
  site: string | undefined,
  wanted: Wanted,
): SiteTariff | undefined {
  if (site !== undefined) return tariffOf(book, site);
  return book?.find((tariff) => makes(tariff, wanted));
}
