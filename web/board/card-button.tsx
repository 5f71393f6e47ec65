import type { JSX } from 'preact';
import { boardText } from '../text/en-board.ts';
import { Icon } from '../ui/mark.tsx';
import type { ActionType, Notes } from './card-notes.ts';

const KEY: Readonly<Record<ActionType, string>> = { capture: 'C', start: 'S', complete: 'D', release: 'R' };

/** An action of a card. While it asks, it says so and does nothing; when it can't be done, it stays focusable and says why. */
export function CardButton(props: {
  type: ActionType;
  why?: string | undefined;
  notes: Notes;
  primary: boolean;
  press: () => void;
}): JSX.Element {
  const { type, why, notes } = props;
  const words = boardText.actions[type];
  const asking = notes.asking?.type === type;
  const waits = notes.asking !== undefined && !asking;
  const main = type !== 'release';
  const look = props.primary && why === undefined && !asking ? ' primary' : '';
  return (
    <button
      type="button"
      class={`btn${main ? ' floor' : ' quiet small'}${look}`}
      data-action={type}
      aria-busy={asking || undefined}
      aria-disabled={why !== undefined || waits || undefined}
      title={why}
      onClick={props.press}
    >
      {asking ? <Icon name="sync" turning /> : type === 'start' ? <Icon name="play" /> : null}
      <span>{asking ? (notes.asking?.again ? boardText.askingAgain : words?.busy) : words?.go}</span>
      {asking || !props.primary ? null : (
        <span class="kbd" aria-hidden="true">
          {KEY[type]}
        </span>
      )}
    </button>
  );
}
