/** What may be ordered at all: the tariffs of all sites seen as one list to choose from. The first site's names win. */
import type { Tariff } from './tariff.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
  /** By language. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What one site offers: what things weigh there, what hurry costs and how long it takes, and what many pieces save. */
export interface Offer {
  /** `density`: grams per cm³; `finishes`: ids. */
  readonly makes: readonly {
    readonly material: string;
    readonly density: number;
    readonly finishes: readonly string[];
  }[];
  /** `percent` of the price: 100 = as it is. `leadHours`: from the approval until it is due. */
  readonly urgencies: readonly { readonly id: string; readonly percent: number; readonly leadHours: number }[];
  /** From so many pieces on, percent off material and finish; ascending. */
  readonly discounts: readonly { readonly from: number; readonly percent: number }[];
}

export interface Catalogue {
  readonly sites: readonly (Named &
    Offer & { readonly currency: string; readonly limits: { readonly quantity: number } })[];
  /** `sites`: where it is made. */
  readonly materials: readonly (Named & { readonly finishes: readonly Named[]; readonly sites: readonly string[] })[];
  readonly urgencies: readonly Named[];
  readonly reasons: Readonly<Record<string, readonly Named[]>>;
  /** Most pieces of one order, at the site that makes most. */
  readonly quantity: number;
}

export function catalogue(book: readonly Tariff[]): Catalogue {
  const commands = [...new Set(book.flatMap(({ reasons }) => Object.keys(reasons)))];
  return {
    sites: book.map((tariff) => ({
      ...named({ id: tariff.site, name: tariff.name, names: tariff.names }),
      currency: tariff.currency,
      limits: { quantity: tariff.limits.quantity },
      ...offer(tariff),
    })),
    materials: once(book.flatMap(({ materials }) => materials)).map((material) => {
      const makers = book.filter(({ materials }) => materials.some(({ id }) => id === material.id));
      return {
        ...material,
        finishes: once(makers.flatMap((tariff) => finishesOf(tariff, material.id))),
        sites: makers.map(({ site }) => site),
      };
    }),
    urgencies: once(book.flatMap(({ urgencies }) => urgencies)),
    reasons: Object.fromEntries(
      commands.map((command) => [command, once(book.flatMap(({ reasons }) => reasons[command] ?? []))]),
    ),
    quantity: Math.max(0, ...book.map(({ limits }) => limits.quantity)),
  };
}

const offer = ({ materials, urgencies, discounts }: Tariff): Offer => ({
  makes: materials.map(({ id, density, finishes }) => ({ material: id, density, finishes })),
  urgencies: urgencies.map(({ id, percent, leadHours }) => ({ id, percent, leadHours })),
  discounts: discounts.map(({ from, percent }) => ({ from, percent })),
});

function finishesOf({ materials, finishes }: Tariff, material: string): Named[] {
  const taken = materials.find(({ id }) => id === material)?.finishes ?? [];
  return finishes.filter(({ id }) => taken.includes(id));
}

/** By id, the first of each. */
const once = (list: readonly Named[]): Named[] =>
  list.filter(({ id }, n) => list.findIndex((other) => other.id === id) === n).map(named);

/** Nothing of what else a tariff says of it. */
const named = ({
  id,
  name,
  names,
}: Named | (Omit<Named, 'names'> & { readonly names: Named['names'] | undefined })): Named =>
  names === undefined ? { id, name } : { id, name, names };
