/**
 * The price of a model in some settings by a tariff: pure, whole minor units, the lines add up to the amount exactly
 * (each line is rounded by itself, the amount is their sum).
 */
import { makes, type Wanted } from './settings.ts';
import type { Tariff } from './tariff.ts';

/** What the mesh says: mm³, mm², mm. */
export interface Solid {
  readonly volumeMm3: number;
  readonly areaMm2: number;
  readonly sizeMm: readonly [number, number, number];
  readonly closed: boolean;
}

export interface Line {
  readonly name: string;
  readonly amount: number;
}

export interface Priced {
  readonly amount: number;
  readonly currency: string;
  readonly lines: readonly Line[];
}

/** Short ids: the reason that an order in PRICE_FAILED waits for. */
export type PriceFailure = 'not-offered' | 'not-closed' | 'no-volume' | 'too-large' | 'too-much-material' | 'too-dear';

/** Above this a person looks at it, and sums stay far from the limit of exact integers. */
const MOST = 1_000_000_000_000;

export function price(tariff: Tariff, wanted: Wanted, solid: Solid): Priced | { readonly failure: PriceFailure } {
  const material = tariff.materials.find(({ id }) => id === wanted.material);
  const finish = tariff.finishes.find(({ id }) => id === wanted.finish);
  const urgency = tariff.urgencies.find(({ id }) => id === wanted.urgency);
  if (!material || !finish || !urgency || !makes(tariff, wanted)) return { failure: 'not-offered' };
  const failure = unfit(tariff, solid);
  if (failure) return { failure };

  const { quantity } = wanted;
  const grams = (solid.volumeMm3 / 1_000) * material.density * quantity;
  const finishing = (finish.perPiece + (solid.areaMm2 / 100) * finish.perCm2) * quantity;
  const lines: Line[] = [
    { name: 'Set-up', amount: tariff.setup },
    { name: material.name, amount: Math.round(grams * material.perGram) },
    { name: finish.name, amount: Math.round(finishing) },
  ];
  const off = tariff.discounts.findLast(({ from }) => quantity >= from)?.percent ?? 0;
  if (off > 0) {
    const discounted = sum(lines) - tariff.setup;
    lines.push({ name: `${off} % off from this quantity`, amount: -Math.round((discounted * off) / 100) });
  }
  if (urgency.percent !== 100) {
    lines.push({ name: urgency.name, amount: Math.round((sum(lines) * (urgency.percent - 100)) / 100) });
  }
  const amount = sum(lines);
  return amount > MOST ? { failure: 'too-dear' } : { amount, currency: tariff.currency, lines };
}

const sum = (lines: readonly Line[]): number => lines.reduce((total, { amount }) => total + amount, 0);

/** Only a closed solid has a volume to speak of; not-a-number fails every comparison and so is refused too. */
function unfit({ limits }: Tariff, solid: Solid): PriceFailure | undefined {
  if (!solid.closed) return 'not-closed';
  if (!(solid.volumeMm3 > 0 && solid.areaMm2 > 0)) return 'no-volume';
  const box = ascending(limits.sizeMm);
  const fits = ascending(solid.sizeMm).every((side, n) => side <= (box[n] ?? 0));
  if (!fits) return 'too-large';
  return solid.volumeMm3 <= limits.volumeMm3 ? undefined : 'too-much-material';
}

const ascending = (sides: readonly number[]): number[] => sides.toSorted((a, b) => a - b);
