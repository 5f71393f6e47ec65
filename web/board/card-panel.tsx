/** What more can be done with a card, below it: a list of actions, or the form of the one that was chosen. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Card } from '../../gateways/contract/card.ts';
import { actText } from '../text/acts.ts';
import { offersOf, press } from './act.ts';
import type { Offer } from './actions.ts';
import { CardButton } from './card-button.tsx';
import type { Notes } from './card-notes.ts';
import { ActionForm } from './form-later.ts';
import { closePanel, type OpenPanel } from './panel.ts';

export function CardPanel(props: {
  card: Card;
  open: OpenPanel;
  more: readonly Offer[];
  notes: Notes;
}): JSX.Element | null {
  const { card, open, more, notes } = props;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [open.action?.type]);
  const { action } = open;
  const possible = action === undefined ? more.length > 0 : offersOf(card).some(({ type }) => type === action.type);
  useEffect(() => {
    if (!possible) closePanel();
  }, [possible]);
  if (!possible) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only Esc is heard here, from whatever inside has the focus
    <div
      class="card-panel"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        closePanel();
      }}
    >
      {action === undefined ? (
        more.map((offer) => (
          <CardButton
            key={offer.type}
            offer={offer}
            notes={notes}
            look="listed"
            {...(offer.type === 'release' && { label: actText.forcedRelease(card.capture?.operator.name ?? '') })}
            press={() => press(card.order, offer.type)}
          />
        ))
      ) : (
        <ActionForm key={action.type} card={card} {...action} />
      )}
    </div>
  );
}
