import type { JSX } from 'preact';
import { actText } from '../text/acts.ts';
import { Icon } from '../ui/mark.tsx';
import type { ActionType, Offer } from './actions.ts';
import type { Notes } from './card-notes.ts';
import { hintOf, type KeyName } from './key-map.ts';

const KEY: Partial<Readonly<Record<ActionType, KeyName>>> = {
  capture: 'capture',
  start: 'start',
  complete: 'done',
  resume: 'hold',
  hold: 'hold',
  'hand-over': 'handOver',
  release: 'release',
};

/** `main`: the step itself; `beside`: smaller, next to it; `answer`: one of two in a band; `listed`: what more there is. */
type Look = 'main' | 'beside' | 'answer' | 'listed';
const LOOKS: Readonly<Record<Look, string>> = {
  main: 'btn floor',
  beside: 'btn quiet small',
  answer: 'btn',
  listed: 'btn small',
};

/**
 * An action of a card. Its key is shown on the card that keys act on; elsewhere its room is kept, since the press of a
 * button makes its card that one, and nothing may move before the button is let go. While it asks, it says so and does nothing; when it can't be done, it stays focusable and says why. */
export function CardButton(props: {
  offer: Pick<Offer, 'type' | 'why'>;
  notes: Notes;
  look: Look;
  primary?: boolean;
  tone?: 'stop';
  /** Other words than the action's own. */
  label?: string;
  /** Its key is shown, whichever card the keys act on. */
  keyed?: boolean;
  press: () => void;
}): JSX.Element {
  const { offer, notes, look } = props;
  const { type } = offer;
  const words = actText.actions[type];
  const asking = notes.asking?.type === type;
  const waits = notes.asking !== undefined && !asking && !notes.asking.ahead;
  const why = offer.why && actText.cannot[offer.why];
  const primary = props.primary && why === undefined && !asking;
  const go = props.label ?? words.go;
  const key = look === 'main' ? KEY[type] : undefined;
  const hint = key && hintOf(key);
  return (
    <button
      type="button"
      class={`${LOOKS[look]}${primary ? ' primary' : ''}`}
      data-action={type}
      data-s={asking || why !== undefined ? undefined : props.tone}
      aria-busy={asking || undefined}
      aria-disabled={why !== undefined || waits || undefined}
      title={why}
      onClick={props.press}
    >
      {asking ? <Icon name="sync" turning /> : type === 'start' ? <Icon name="play" /> : null}
      <span>{asking ? (notes.asking?.again ? actText.askingAgain : words.busy) : go}</span>
      {asking || hint === undefined ? null : (
        <span class={props.primary || props.keyed ? 'kbd' : 'kbd unseen'} aria-hidden="true">
          {hint}
        </span>
      )}
    </button>
  );
}
