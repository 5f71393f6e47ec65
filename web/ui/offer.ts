/** What to expect of what is chosen, by what the catalogue says of each site. Pure; what is paid is the price. */
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Settings } from '../../gateways/contract/order.ts';

export type Site = Catalog['sites'][number];

const HOUR_MS = 3_600_000;

const at = (sites: readonly Site[], site: string | undefined): readonly Site[] =>
  site === undefined ? sites : sites.filter(({ id }) => id === site);

const takes = ({ makes, urgencies }: Site, { material, finish, urgency }: Omit<Settings, 'quantity'>): boolean =>
  makes.some((made) => made.material === material && made.finishes.includes(finish)) &&
  urgencies.some(({ id }) => id === urgency);

/** Where it is made: at the order's own site, else at the first that makes all of it, as the server chooses. */
export const makerOf = (sites: readonly Site[], wanted: Settings, site?: string): Site | undefined =>
  at(sites, site).find((one) => takes(one, wanted) && wanted.quantity <= one.limits.quantity);

/** Most pieces of this; where nobody makes it, of anything. */
export function mostPieces(sites: readonly Site[], wanted: Omit<Settings, 'quantity'>, site?: string): number {
  const here = at(sites, site);
  const makers = here.filter((one) => takes(one, wanted));
  return Math.max(1, ...(makers.length > 0 ? makers : here).map(({ limits }) => limits.quantity));
}

/** Of one piece; undefined = nobody says what the material weighs. */
export function gramsOf(
  sites: readonly Site[],
  material: string,
  volumeMm3: number,
  site?: string,
): number | undefined {
  const made = at(sites, site)
    .flatMap(({ makes }) => makes)
    .find((one) => one.material === material);
  return made === undefined ? undefined : (volumeMm3 / 1_000) * made.density;
}

export interface Saving {
  /** Percent off each piece by now. */
  readonly now: number;
  readonly next?: { readonly from: number; readonly percent: number };
}

export function savingOf({ discounts }: Pick<Site, 'discounts'>, quantity: number): Saving {
  const next = discounts.find(({ from }) => from > quantity);
  return {
    now: discounts.findLast(({ from }) => from <= quantity)?.percent ?? 0,
    ...(next === undefined ? {} : { next }),
  };
}

export interface Hurry {
  /** Percent more, or less, than the price as it is. */
  readonly extra: number;
  /** Milliseconds since 1970, if it were approved now. */
  readonly ready: number;
}

export function hurryOf({ urgencies }: Pick<Site, 'urgencies'>, urgency: string, now: number): Hurry | undefined {
  const found = urgencies.find(({ id }) => id === urgency);
  return found && { extra: found.percent - 100, ready: now + found.leadHours * HOUR_MS };
}
