/** Chips that narrow the board, how many each stands for, and the choice of order. */
import { useSignal } from '@preact/signals';
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { filtersText as text } from '../text/filters.ts';
import { number } from '../text/format.ts';
import { say } from '../ui/announce.tsx';
import { Icon, Lamp, Swatch } from '../ui/mark.tsx';
import { type Chip, chips, hiddenAlarms, narrowedBy, passes, showAll, tally, toggle } from './filters.ts';
import { type ChipName, materialOf } from './narrow.ts';
import { shownCards } from './shown.ts';
import { chooseSort, sort } from './sort-choice.ts';
import { SORTS, sortOf } from './sorting.ts';
import { materialName } from './who.ts';

export const FilterBar = (): JSX.Element => (
  <search class="filters">
    <Chips />
    <Missed />
    <SortChoice />
    <Said />
  </search>
);

/** One chip is in the tab order; arrows, Home and End go to the others. */
function Chips(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const current = useSignal<ChipName>('all');
  const all = chips.value;
  const inOrder = all.some(({ name }) => name === current.value) ? current.value : 'all';
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const at = all.findIndex(({ name }) => name === inOrder);
    const ways: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: all.length - 1,
    };
    const to = ways[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    box.current?.querySelectorAll('button')[(to + all.length) % all.length]?.focus();
  };
  return (
    <div class="filter-set" role="toolbar" aria-label={text.label} ref={box} onKeyDown={move}>
      {all.map((chip) => (
        <ChipButton
          key={chip.name}
          chip={chip}
          tabIndex={chip.name === inOrder ? 0 : -1}
          onFocus={() => {
            current.value = chip.name;
          }}
        />
      ))}
    </div>
  );
}

const ChipButton = (props: { chip: Chip; tabIndex: number; onFocus: () => void }): JSX.Element => {
  const { name, count, pressed } = props.chip;
  return (
    <button
      type="button"
      class="chip"
      data-chip={name}
      data-s={TONES[name]}
      aria-pressed={pressed}
      tabIndex={props.tabIndex}
      onFocus={props.onFocus}
      onClick={() => toggle(name)}
    >
      <Face name={name} /> <b>{number(count)}</b>
    </button>
  );
};

const TONES: Readonly<Partial<Record<ChipName, string>>> = { late: 'stop', alone: 'warn', hold: 'hold' };

function Face({ name }: { name: ChipName }): JSX.Element {
  switch (name) {
    case 'all':
    case 'skills':
      return <span>{text[name]}</span>;
    case 'rush':
      return (
        <>
          <Icon name="rush" />
          <span>{text.rush}</span>
        </>
      );
    case 'late':
    case 'alone':
    case 'hold':
      return (
        <>
          <Lamp name={name} />
          <span>{text[name]}</span>
        </>
      );
    default:
      return (
        <>
          <Swatch material={materialOf(name)} />
          <span>{materialName(materialOf(name))}</span>
        </>
      );
  }
}

/** Mine that call for me and are hidden are not hidden silently. */
const Missed = (): JSX.Element | null =>
  hiddenAlarms.value === 0 ? null : (
    <button type="button" class="btn small missed" data-s="stop" onClick={showAll}>
      <Lamp name="late" />
      <span>
        {text.mineHidden(hiddenAlarms.value)}. {text.showAll}
      </span>
    </button>
  );

const SortChoice = (): JSX.Element => (
  <label class="chip sort">
    <Icon name="sort" />
    <span class="sr">{text.sort}</span>
    <select value={sort.value} onChange={(event) => chooseSort(sortOf(event.currentTarget.value))}>
      {SORTS.map((one) => (
        <option key={one} value={one} selected={one === sort.value}>
          {text.sorts[one]}
        </option>
      ))}
    </select>
  </label>
);

/** Typing has come to rest. */
const REST_MS = 600;

/** Says how many are left once the reader has narrowed the view. */
function Said(): null {
  const asked = narrowedBy.value;
  const first = useRef(asked);
  useEffect(() => {
    if (asked === first.current && passes.peek() === undefined) return undefined;
    first.current = { chips: new Set(), text: '' };
    const timer = setTimeout(() => say(text.shown(shownCards(), tally.peek().chips.get('all') ?? 0)), REST_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  return null;
}
