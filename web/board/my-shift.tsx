/** An operator's own part of the header: the slots with what is in them, and the shift. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { boardText } from '../text/board.ts';
import { say } from '../ui/announce.tsx';
import { Thumb } from '../ui/mark.tsx';
import { openDrawer } from './drawer/open.ts';
import { select } from './focus.ts';
import { changeShift } from './shift.ts';
import { cardsIn } from './store.ts';
import { operator } from './who.ts';

const MOST_SHOWN = 5;

export function Slots(): JSX.Element {
  const mine = cardsIn('mine');
  const limit = operator.value?.limit;
  if (limit === undefined) return <span class="push" />;
  const shownFree = Math.max(0, Math.min(limit, MOST_SHOWN) - mine.length);
  const moreFree = Math.max(0, limit - mine.length) - shownFree;
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
      {Array.from({ length: shownFree }, (_, at) => (
        <span key={`free-${at}`} class="slot free">
          {boardText.slots.free}
        </span>
      ))}
      {moreFree > 0 ? <span class="slot free">{boardText.slots.more(moreFree)}</span> : null}
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
    const fault = await changeShift(!state.onShift);
    busy.value = false;
    if (fault !== undefined) say(fault);
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
