/**
 * A tariff: what a site makes, of what, how fast and for how much. One JSON file per site (`tariffs/<site>.json`),
 * checked as a whole before it is used. Rates are in minor units (cents) of the tariff's currency.
 */
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { FieldFault } from '../command-table.ts';
import { fields, line, Name, whole } from '../fields.ts';

const Rate = Type.Number({ minimum: 0, maximum: 1e9 });
const Size = Type.Number({ exclusiveMinimum: 0, maximum: 1e6 });
/** `names`: by language (ISO 639-1), where the one name is not enough. */
const Names = Type.Record(Type.String({ pattern: '^[a-z]{2}$' }), line(100), { additionalProperties: false });
const called = { name: line(100), names: Type.Optional(Names) };
const Named = fields({ id: Name, ...called });
const few = { minItems: 1, maxItems: 200 };

export const TariffFields = fields({
  site: Name,
  ...called,
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'a currency by ISO 4217' }),
  /** Before the hyphen of the site's order numbers. */
  numberPrefix: Type.String({ pattern: '^[1-9][0-9]{0,2}$' }),
  /** Per order, minor units. */
  setup: whole(0, 1_000_000_000),
  materials: Type.Array(
    fields({
      id: Name,
      ...called,
      /** Grams per cm³. */
      density: Type.Number({ exclusiveMinimum: 0, maximum: 30 }),
      perGram: Rate,
      /** Ids of the finishes it takes. */
      finishes: Type.Array(Name, few),
    }),
    few,
  ),
  finishes: Type.Array(fields({ id: Name, ...called, perPiece: Rate, perCm2: Rate }), few),
  /** `percent` of the price: 100 = as it is. `leadHours` from approval to due. */
  urgencies: Type.Array(fields({ id: Name, ...called, percent: whole(1, 1_000), leadHours: whole(1, 10_000) }), few),
  /** From so many pieces on, percent off material and finish; ascending. */
  discounts: Type.Array(fields({ from: whole(2, 10_000), percent: whole(1, 90) }), { maxItems: 20 }),
  limits: fields({
    quantity: whole(1, 10_000),
    /** Box that the model must fit into, in any of its orthogonal positions. */
    sizeMm: Type.Tuple([Size, Size, Size]),
    volumeMm3: Type.Number({ exclusiveMinimum: 0 }),
  }),
  /** Per command: the reasons to choose from. */
  reasons: Type.Record(Type.String({ pattern: '^[a-z][a-z-]{0,59}$' }), Type.Array(Named, few)),
});

export type Tariff = Static<typeof TariffFields>;

export type Checked = { readonly tariff: Tariff } | { readonly faults: readonly FieldFault[] };

/** Reports all faults together, each with its JSON pointer. */
export function checkTariff(json: unknown): Checked {
  if (!Value.Check(TariffFields, json)) {
    return { faults: Value.Errors(TariffFields, json).map((e) => ({ path: e.instancePath, rule: e.message })) };
  }
  const faults = [...duplicates(json), ...unknownFinishes(json), ...bands(json)];
  return faults.length === 0 ? { tariff: json } : { faults };
}

function duplicates(tariff: Tariff): FieldFault[] {
  const lists: [string, readonly { readonly id: string }[]][] = [
    ['/materials', tariff.materials],
    ['/finishes', tariff.finishes],
    ['/urgencies', tariff.urgencies],
    ...Object.entries(tariff.reasons).map(([name, list]): [string, typeof list] => [`/reasons/${name}`, list]),
  ];
  return lists.flatMap(([path, list]) =>
    list.flatMap(({ id }, n) =>
      list.findIndex((other) => other.id === id) < n ? [{ path: `${path}/${n}/id`, rule: `${id} stands twice` }] : [],
    ),
  );
}

function unknownFinishes({ materials, finishes }: Tariff): FieldFault[] {
  const known = new Set(finishes.map(({ id }) => id));
  return materials.flatMap((material, m) =>
    material.finishes.flatMap((id, n) =>
      known.has(id) ? [] : [{ path: `/materials/${m}/finishes/${n}`, rule: `unknown finish ${id}` }],
    ),
  );
}

/** Ascending, and more off for more pieces: else ten pieces could cost more than eleven. */
function bands({ discounts }: Tariff): FieldFault[] {
  return discounts.flatMap((band, n) => {
    const before = discounts[n - 1];
    const fits = before === undefined || (band.from > before.from && band.percent > before.percent);
    return fits ? [] : [{ path: `/discounts/${n}`, rule: 'must be above the one before' }];
  });
}

/** Faults that only show between tariffs. */
export function checkTogether(tariffs: readonly Tariff[]): FieldFault[] {
  return tariffs.flatMap((tariff, n) => {
    const earlier = tariffs.slice(0, n);
    return [
      ...(earlier.some((other) => other.site === tariff.site)
        ? [{ path: `/${n}/site`, rule: `${tariff.site} stands twice` }]
        : []),
      ...(earlier.some((other) => other.numberPrefix === tariff.numberPrefix)
        ? [{ path: `/${n}/numberPrefix`, rule: `${tariff.numberPrefix} stands twice` }]
        : []),
    ];
  });
}
