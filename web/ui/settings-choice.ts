/** The options being chosen, kept to what is offered together: for a new order, or to change one. */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Catalog } from '../../gateways/contract/catalog.ts';
import type { Settings } from '../../gateways/contract/order.ts';
import { mostPieces } from './offer.ts';

type Materials = Catalog['materials'];

export interface Choice {
  readonly material: Signal<string>;
  readonly finish: Signal<string>;
  readonly quantity: Signal<number>;
  readonly urgency: Signal<string>;
  readonly materials: ReadonlySignal<Materials>;
  readonly finishes: ReadonlySignal<Materials[number]['finishes']>;
  readonly urgencies: ReadonlySignal<Catalog['urgencies']>;
  /** Pieces of what is chosen that can be made. */
  readonly most: ReadonlySignal<number>;
  settings(): Settings;
}

/** `site`: where it is made; without one anything that some site makes may be chosen. Ends with `stop`. */
export function choose(
  catalog: ReadonlySignal<Catalog | undefined>,
  from?: Settings,
  site?: string,
): Choice & { stop(): void } {
  const material = signal(from?.material ?? '');
  const finish = signal(from?.finish ?? '');
  const quantity = signal(from?.quantity ?? 1);
  const urgency = signal(from?.urgency ?? '');
  const materials = computed(() =>
    (catalog.value?.materials ?? []).filter(({ sites }) => site === undefined || sites.includes(site)),
  );
  const here = computed(() => (catalog.value?.sites ?? []).filter(({ id }) => site === undefined || site === id));
  const finishes = computed(() => {
    const taken = here.value.flatMap(({ makes }) =>
      makes.flatMap((made) => (made.material === material.value ? made.finishes : [])),
    );
    return (materials.value.find(({ id }) => id === material.value)?.finishes ?? []).filter(({ id }) =>
      taken.includes(id),
    );
  });
  const urgencies = computed(() =>
    (catalog.value?.urgencies ?? []).filter((offered) =>
      here.value.some((one) => one.urgencies.some(({ id }) => id === offered.id)),
    ),
  );
  const most = computed(() =>
    mostPieces(here.value, { material: material.value, finish: finish.value, urgency: urgency.value }),
  );
  const stop = effect(() => {
    if (catalog.value === undefined) return;
    batch(() => {
      keep(material, materials.value);
      keep(urgency, urgencies.value);
      keep(finish, finishes.value);
    });
  });
  const settings = (): Settings => ({
    material: material.peek(),
    finish: finish.peek(),
    quantity: quantity.peek(),
    urgency: urgency.peek(),
  });
  return { material, finish, quantity, urgency, materials, finishes, urgencies, most, settings, stop };
}

/** What is no longer offered gives way to the first that is. */
function keep(chosen: Signal<string>, offered: readonly { readonly id: string }[]): void {
  if (!offered.some(({ id }) => id === chosen.value)) chosen.value = offered[0]?.id ?? '';
}

export const sameSettings = (a: Settings, b: Settings): boolean =>
  a.material === b.material && a.finish === b.finish && a.quantity === b.quantity && a.urgency === b.urgency;
