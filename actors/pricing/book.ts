/** The tariffs of all sites. The first one is the site of an order that names none. */
import type { Tariff } from './tariff.ts';

/** `version` = hash of the file: a price names the tariff it was calculated with. */
export type SiteTariff = Tariff & { readonly version: string };

export type TariffBook = readonly SiteTariff[];

/** Without a site: the first tariff. */
export const tariffOf = (book: TariffBook | undefined, site: string | undefined): SiteTariff | undefined =>
  site === undefined ? book?.[0] : book?.find((tariff) => tariff.site === site);
