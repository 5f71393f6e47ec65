import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Card } from '../../gateways/contract/card.ts';
import { actText } from '../text/acts.ts';
import { seekText } from '../text/seek.ts';
import { Icon, Thumb } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { dismiss, offersOf, press } from './act.ts';
import { type Arrangement, arrangeOffers, standingOffer } from './actions.ts';
import { CancelBand, NewsBand, OfferBand } from './card-bands.tsx';
import { CardButton } from './card-button.tsx';
import { CardFace, DueLine, WaitLine } from './card-face.tsx';
import { type Notes, notesOf } from './card-notes.ts';
import { drawer, openDrawer } from './drawer/open.ts';
import { articleOf, keepFocus, select, selected } from './focus.ts';
import { dueState, type ListName, listOf } from './lists.ts';
import { panel, toggleMore } from './panel.ts';
import { CardPanel } from './panel-later.ts';
import { grouping } from './presence.ts';
import { cardOf } from './store.ts';
import { isTakenKey, orderOfKey, taken } from './taken.ts';

const NOTHING = arrangeOffers([]);

/** A card, or the placeholder of one that somebody else took (`key` tells which). Its element outlives lanes. */
export function CardView({ id }: { id: string }): JSX.Element | null {
  const placeholder = isTakenKey(id);
  const order = orderOfKey(id);
  const card = placeholder ? taken.value.get(order)?.card : cardOf(order)?.value;
  const notes = notesOf(id).value;
  const tabIndex = useComputed(() => (selected.value === id ? 0 : -1));
  const opened = useComputed(() => drawer.value === id).value;
  // The form of an action stands where the reader is: in the drawer, if that shows the order.
  const open = useComputed(() => {
    const own = !placeholder && panel.value?.order === id ? panel.value : undefined;
    return own?.action !== undefined && drawer.value === id ? undefined : own;
  }).value;
  useLayoutEffect(keepFocus);
  useLayoutEffect(() => {
    if (notes.band !== undefined && selected.peek() === id) articleOf(id)?.scrollIntoView({ block: 'nearest' });
  }, [notes.band]);
  if (card === undefined) return null;
  const list = listOf(card, grouping());
  const slim = !placeholder && (list === 'others' || list === 'made');
  const offers = placeholder ? NOTHING : arrangeOffers(offersOf(card));
  const handOver = placeholder ? null : standingOffer(card, now.value);
  const titleId = `card-${id}`;
  return (
    <article
      class={slim ? 'card slim' : 'card'}
      data-list={placeholder ? undefined : list}
      data-due={dueState(card, now.value)}
      data-taken={placeholder || undefined}
      data-alone={(!placeholder && list === 'alone') || undefined}
      data-moved={notes.moved || undefined}
      data-opened={opened || undefined}
      aria-busy={notes.asking !== undefined}
      aria-labelledby={titleId}
      tabIndex={tabIndex}
    >
      {placeholder ? (
        <Thumb material={card.material} quantity={card.quantity} image={card.thumb} />
      ) : (
        <button
          type="button"
          class="card-open"
          tabIndex={-1}
          aria-label={seekText.open(card.number)}
          onClick={() => openDrawer(order)}
        >
          <Thumb material={card.material} quantity={card.quantity} image={card.thumb} />
        </button>
      )}
      <CardFace card={card} titleId={titleId} slim={slim} open={placeholder ? undefined : () => openDrawer(order)} />
      {placeholder ? <p class="card-wait" /> : <WaitLine card={card} asking={notes.asking} />}
      <div class="card-side">
        {list === 'made' ? null : <DueLine card={card} />}
        {placeholder ? (
          <div class="card-acts">
            {notes.asking && (
              <CardButton offer={{ type: 'capture' }} notes={notes} look="main" press={() => undefined} />
            )}
          </div>
        ) : (
          <Acts card={card} list={list} offers={offers} notes={notes} open={open !== undefined} />
        )}
      </div>
      {card.cancellation === null || placeholder ? null : (
        <CancelBand card={card} ask={card.cancellation} answers={offers.band} />
      )}
      {handOver === null ? null : <OfferBand card={card} ask={handOver} answers={offers.band} />}
      {open === undefined ? null : <CardPanel card={card} open={open} more={offers.more} notes={notes} />}
      {notes.band === undefined ? null : <NewsBand band={notes.band} close={() => dismiss(id, order)} />}
    </article>
  );
}

/** The step that moves the order on, what stands beside it, and the way to what more there is. */
function Acts(props: { card: Card; list: ListName; offers: Arrangement; notes: Notes; open: boolean }): JSX.Element {
  const { card, offers, notes } = props;
  const { order } = card;
  const step = offers.main;
  const primary = selected.value === order && !props.open;
  const shown = [step, ...offers.aside, ...offers.band].some((offer) => offer?.type === notes.asking?.type);
  return (
    <div class="card-acts">
      {notes.asking === undefined || notes.asking.ahead || shown ? null : (
        <CardButton offer={notes.asking} notes={notes} look="beside" press={() => undefined} />
      )}
      {step === undefined ? null : (
        <CardButton offer={step} notes={notes} look="main" primary={primary} press={() => press(order, step.type)} />
      )}
      {offers.aside.map((offer) => (
        <CardButton key={offer.type} offer={offer} notes={notes} look="beside" press={() => press(order, offer.type)} />
      ))}
      {offers.more.length === 0 ? null : (
        <button
          type="button"
          class="btn quiet icon-btn"
          aria-label={actText.more(card.number)}
          aria-expanded={props.open}
          onClick={() => {
            select(order);
            toggleMore(order);
          }}
        >
          <Icon name="more" />
        </button>
      )}
    </div>
  );
}
