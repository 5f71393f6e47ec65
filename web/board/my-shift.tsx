/** An operator's own part of the header: the slots with what is in them, and the shift. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { boardText } from '../text/board.ts';
import { tell } from '../ui/announce.tsx';
import { Thumb } from '../ui/mark.tsx';
import { openDrawer } from './drawer/open.ts';
import { select } from './focus.ts';
import { changeShift } from './shift.ts';
import { cardsIn } from './store.ts';
import { operator } from './who.ts';

/** With more slots than these the free ones are one place with a count: the header has other things to say. */
const MOST_SINGLE = 3;

export function Slots(): JSX.Element {
  const mine = cardsIn('mine');
  const limit = operator.value?.limit;
  if (limit === undefined) return <span class="push" />;
  const free = Math.max(0, limit - mine.length);
  const single = limit <= MOST_SINGLE ? free : 0;
  return (
    <section class="slots push" aria-label={boardText.slots.group(mine.length, limit)}>
      <p class="slots-count">
        <b>
          {mine.length}/{limit}
        </b>
        <span class="label">{boardText.slots.label}</span>
      </p>
      {mine.map((card) => (
        <button
          key={card.order}
          type="button"
          class="slot"
          aria-label={boardText.slots.order(card.number)}
          onClick={() => {
            select(card.order);
            openDrawer(card.order);
          }}
        >
          <Thumb material={card.material} image={card.thumb} />
          {card.number.slice(-3)}
        </button>
      ))}
      {Array.from({ length: single }, (_, at) => (
        <span key={`free-${at}`} class="slot free">
          {boardText.slots.free}
        </span>
      ))}
      {free > single ? <span class="slot free">{boardText.slots.more(free)}</span> : null}
    </section>
  );
}

export function Shift(): JSX.Element | null {
  const busy = useSignal(false);
  const state = operator.value;
  if (state === undefined) return null;
  const change = async (): Promise<void> => {
    if (busy.value) return;
    busy.value = true;
    try {
      const fault = await changeShift(!state.onShift);
      if (fault !== undefined) tell(fault);
    } finally {
      busy.value = false;
    }
  };
  const words = boardText.shift;
  const label = state.onShift ? (busy.value ? words.ending : words.end) : busy.value ? words.starting : words.start;
  return (
    <button
      type="button"
      class={state.onShift ? 'btn' : 'btn primary'}
      data-action="shift"
      aria-busy={busy.value || undefined}
      onClick={() => void change()}
    >
      {label}
    </button>
  );
}
