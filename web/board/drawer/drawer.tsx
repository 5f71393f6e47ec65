/** The drawer: one order, whole, beside the board that goes on. */
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Card } from '../../../gateways/contract/card.ts';
import { problemText } from '../../text/common.ts';
import { drawerText as words } from '../../text/drawer.ts';
import { now } from '../../ui/ticking.ts';
import { Timeline } from '../../ui/timeline.tsx';
import { dismiss, offersOf } from '../act.ts';
import { arrangeOffers, standingOffer } from '../actions.ts';
import { CancelBand, NewsBand, OfferBand } from '../card-bands.tsx';
import { notesOf } from '../card-notes.ts';
import { closePanel, panel } from '../panel.ts';
import { cardOf, drawn } from '../store.ts';
import { usual } from '../usual.ts';
import { catalog, myId } from '../who.ts';
import { DrawerActs } from './acts.tsx';
import { Cord } from './cord.tsx';
import { faceOf } from './face.ts';
import { Facts } from './facts.tsx';
import { Head } from './head.tsx';
import { closeDrawer, DRAWER } from './open.ts';
import { useStory } from './story.ts';

export function Drawer({ order: id }: { order: string }): JSX.Element {
  void drawn.value; // the card may come and go
  const card = cardOf(id)?.value;
  const story = useStory(id);
  const timeline = story.timeline.value?.items[0] === undefined ? undefined : story.timeline.value;
  const face = faceOf(card, story.order.value);
  const box = useFocus(id);
  return (
    <section
      class="drawer"
      id={DRAWER}
      ref={box}
      role="dialog"
      aria-modal="false"
      aria-labelledby="d-no"
      tabIndex={-1}
      data-order={id}
      onKeyDown={onKey}
    >
      {face === undefined ? (
        <Nothing code={story.missing.value} />
      ) : (
        <>
          <Head face={face} order={story.order.value} first={timeline?.items[0]} />
          <div class="drawer-body">
            {story.missing.value === undefined ? null : (
              <p class="note" data-s="warn" role="status" title={story.missing.value}>
                {problemText(story.missing.value)}
              </p>
            )}
            <Cord face={face} items={timeline?.items ?? []} />
            {card === undefined ? null : <Bands card={card} />}
            <Facts face={face} order={story.order.value} timeline={timeline} />
            <Timeline
              items={timeline?.items ?? []}
              p95Of={(status) => usual.value[status]?.p95}
              catalog={catalog.value}
              me={myId()}
            />
          </div>
          {card === undefined ? null : <DrawerActs card={card} />}
        </>
      )}
    </section>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  if (panel.peek() === undefined) closeDrawer();
  else closePanel();
}

const Nothing = ({ code }: { code: string | undefined }): JSX.Element => (
  <div class="drawer-body">
    <h2 id="d-no" class="dim">
      {code === undefined ? words.loading : problemText(code)}
    </h2>
    <button type="button" class="btn" onClick={closeDrawer}>
      {words.back}
    </button>
  </div>
);

function Bands({ card }: { card: Card }): JSX.Element {
  const answers = arrangeOffers(offersOf(card)).band;
  const offer = standingOffer(card, now.value);
  const { band } = notesOf(card.order).value;
  return (
    <>
      {card.cancellation === null ? null : <CancelBand card={card} ask={card.cancellation} answers={answers} />}
      {offer === null ? null : <OfferBand card={card} ask={offer} answers={answers} />}
      {band === undefined ? null : <NewsBand band={band} close={() => dismiss(card.order, card.order)} />}
    </>
  );
}

/** The drawer takes the focus when it opens, and again when what had it inside has gone. */
function useFocus(id: string): { current: HTMLElement | null } {
  const box = useRef<HTMLElement>(null);
  const inside = useRef(true);
  useEffect(() => box.current?.focus(), [id]);
  useEffect(() => {
    const look = (event: Event): void => {
      inside.current = event.target instanceof Node && box.current?.contains(event.target) === true;
    };
    document.addEventListener('focusin', look);
    document.addEventListener('pointerdown', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('pointerdown', look);
    };
  }, []);
  useLayoutEffect(() => {
    if (inside.current && document.activeElement === document.body) box.current?.focus();
  });
  return box;
}
