/**
 * What narrows the view of the board: chips, and the text typed into the search field. They never touch the alarms: the
 * tower and the counts of chips are of the whole board.
 */
import { computed, signal } from '@preact/signals';
import { now } from '../ui/ticking.ts';
import { dueState } from './lists.ts';
import { type ChipName, chipsPass, type Passes, placesOf, type Sight, tallyOf, wordsPass } from './narrow.ts';
import { grouping } from './presence.ts';
import { cardsIn, drawn, everyCard } from './store.ts';
import { catalog, isOperator, materialName, operator } from './who.ts';

/** What is typed into the search field; '' = nothing is searched for. */
export const search = signal('');

/** Chips that are pressed; empty: all is shown. */
const pressed = signal<ReadonlySet<ChipName>>(new Set());

const sight = (): Sight => ({
  now: now.value,
  alone: grouping().alone,
  skills: isOperator() ? operator.value?.skills : undefined,
});

/** How many cards of the whole board each chip stands for; and alarms. */
export const tally = computed(() => {
  void drawn.value;
  return tallyOf(everyCard(), sight());
});

/** Whoever was on the board keeps its place: no chip vanishes under a finger. */
const materialsSeen = new Set<string>();

export interface Chip {
  readonly name: ChipName;
  readonly count: number;
  readonly pressed: boolean;
}

/** The chips in their places, from the left: the first is that of key 1. */
export const chips = computed<readonly Chip[]>(() => {
  const counts = tally.value.chips;
  for (const name of counts.keys()) if (name.startsWith('material:')) materialsSeen.add(name.slice('material:'.length));
  const known = (catalog.value?.materials ?? []).map(({ id }) => id);
  const on = pressed.value;
  return placesOf(materialsSeen, known, { withSkills: isOperator() }).map((name) => ({
    name,
    count: counts.get(name) ?? 0,
    pressed: name === 'all' ? on.size === 0 : on.has(name),
  }));
});

/** `place` counts from 1, as the keys do. false: there is no such chip. */
export function toggleChip(place: number): boolean {
  const chip = chips.peek()[place - 1];
  if (chip === undefined) return false;
  toggle(chip.name);
  return true;
}

export function toggle(name: ChipName): void {
  const next = new Set(name === 'all' ? [] : pressed.peek());
  if (name !== 'all' && !next.delete(name)) next.add(name);
  pressed.value = next;
}

/** Nothing is narrowed any more. */
export function showAll(): void {
  pressed.value = new Set();
  search.value = '';
}

/** Another object whenever the reader narrows otherwise, not when cards or the time change. */
export const narrowedBy = computed(() => ({ chips: pressed.value, text: search.value }));

/** Whether a card is shown; undefined: all are. Another one whenever the reader narrows otherwise or time tells. */
export const passes = computed<Passes | undefined>(() => {
  const on = pressed.value;
  const byChips = on.size === 0 ? undefined : chipsPass(on, sight());
  const byWords = wordsPass(search.value, materialName);
  if (byChips === undefined || byWords === undefined) return byChips ?? byWords;
  return (card) => byChips(card) && byWords(card);
});

/** Mine that call for me, by a cancellation or being late, and are not shown. */
export const hiddenAlarms = computed(() => {
  const passing = passes.value;
  if (passing === undefined) return 0;
  const { now: at } = sight();
  return cardsIn('mine').filter(
    (card) => !passing(card) && (card.cancellation !== null || dueState(card, at) === 'late'),
  ).length;
});
