/** Which cards the reader asks to see, and how many each chip would show. Pure. */
import type { Card } from '../../gateways/contract/card.ts';
import { dueState, type Grouping } from './lists.ts';

const TRAITS = ['skills', 'late', 'rush', 'alone', 'hold'] as const;
type Trait = (typeof TRAITS)[number];
type MaterialChip = `material:${string}`;
export type ChipName = 'all' | Trait | MaterialChip;

/** What a card is looked at with. */
export interface Sight {
  readonly now: number;
  readonly alone: Grouping['alone'];
  /** Of the operator who looks; undefined = whoever looks takes no orders. */
  readonly skills: readonly string[] | undefined;
}

const RUSH = 3;
const IS: Readonly<Record<Trait, (card: Card, sight: Sight) => boolean>> = {
  skills: ({ material }, { skills }) => skills?.includes(material) !== false,
  late: (card, { now }) => dueState(card, now) === 'late',
  rush: ({ priority }) => priority >= RUSH,
  alone: ({ capture }, { alone }) => alone(capture),
  hold: ({ hold }) => hold !== null,
};

export const materialChip = (material: string): MaterialChip => `material:${material}`;
const isMaterial = (name: ChipName): name is MaterialChip => name.startsWith('material:');
export const materialOf = (name: MaterialChip): string => name.slice('material:'.length);

export type Passes = (card: Card) => boolean;

/** Each further chip narrows, but of several materials any will do. undefined: nothing is narrowed. */
export function chipsPass(pressed: ReadonlySet<ChipName>, sight: Sight): Passes | undefined {
  const traits = TRAITS.filter((trait) => pressed.has(trait));
  const materials = [...pressed].filter(isMaterial).map(materialOf);
  if (traits.length === 0 && materials.length === 0) return undefined;
  return (card) =>
    traits.every((trait) => IS[trait](card, sight)) && (materials.length === 0 || materials.includes(card.material));
}

/** Every word typed is found in the number, the model's name, the material's or the holder's. undefined: nothing typed. */
export function wordsPass(typed: string, materialName: (id: string) => string): Passes | undefined {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const hays = new WeakMap<Card, string>();
  return (card) => {
    let hay = hays.get(card);
    if (hay === undefined) {
      const { number, title, material, capture } = card;
      const parts = [number, number.replaceAll(/\W/g, ''), title, materialName(material), capture?.operator.name];
      hay = parts.join('\n').toLowerCase();
      hays.set(card, hay);
    }
    return words.every((word) => hay.includes(word));
  };
}

export interface Tally {
  readonly chips: ReadonlyMap<ChipName, number>;
  /** Cancellations asked for and not answered. */
  readonly asked: number;
}

/** In one pass, for it is done for every frame. */
export function tallyOf(cards: Iterable<Card>, sight: Sight): Tally {
  const traits = TRAITS.map((trait) => ({ trait, is: IS[trait], count: 0 }));
  const materials = new Map<string, number>();
  let all = 0;
  let asked = 0;
  for (const card of cards) {
    all += 1;
    if (card.cancellation !== null) asked += 1;
    for (const one of traits) if (one.is(card, sight)) one.count += 1;
    materials.set(card.material, (materials.get(card.material) ?? 0) + 1);
  }
  const chips = new Map<ChipName, number>([['all', all]]);
  for (const { trait, count } of traits) chips.set(trait, count);
  for (const [material, count] of materials) chips.set(materialChip(material), count);
  return { chips, asked };
}

/** Chips in their places: materials in the order of `known`, those without a name there last. */
export function placesOf(
  materials: Iterable<string>,
  known: readonly string[],
  { withSkills }: { withSkills: boolean },
): ChipName[] {
  const rank = (material: string): number => (known.includes(material) ? known.indexOf(material) : known.length);
  const sorted = [...materials].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return ['all', ...TRAITS.filter((trait) => trait !== 'skills' || withSkills), ...sorted.map(materialChip)];
}
