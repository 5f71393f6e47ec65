/** What may be done with the order: the same actions and forms as on its card, all of them in sight. */
import type { JSX } from 'preact';
import type { Card } from '../../../gateways/contract/card.ts';
import { actText } from '../../text/acts.ts';
import { drawerText } from '../../text/drawer.ts';
import { offersOf, press } from '../act.ts';
import { arrangeOffers } from '../actions.ts';
import { CardButton } from '../card-button.tsx';
import { notesOf } from '../card-notes.ts';
import { ActionForm } from '../form-later.ts';
import { panel } from '../panel.ts';
import { myId } from '../who.ts';

export function DrawerActs({ card }: { card: Card }): JSX.Element | null {
  const { order } = card;
  const notes = notesOf(order).value;
  const all = offersOf(card);
  const { main, aside, more } = arrangeOffers(all);
  const action = panel.value?.order === order ? panel.value.action : undefined;
  if (action !== undefined && all.some(({ type }) => type === action.type))
    return (
      <div class="drawer-foot">
        <ActionForm key={action.type} card={card} {...action} />
      </div>
    );
  const offers = [...(main === undefined ? [] : [main]), ...more, ...aside];
  if (offers.length === 0) return null;
  const theirs = card.capture !== null && card.capture.operator.id !== myId();
  return (
    <section class="drawer-foot" aria-label={drawerText.actions}>
      {offers.map((offer) => (
        <CardButton
          key={offer.type}
          offer={offer}
          notes={notes}
          look="main"
          keyed
          primary={offer === main}
          {...(offer.type === 'release' &&
            theirs && { label: actText.forcedRelease(card.capture?.operator.name ?? '') })}
          press={() => press(order, offer.type)}
        />
      ))}
    </section>
  );
}
