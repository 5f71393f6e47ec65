/** One order for the drawer, whole and with its story: read again whenever its card has a new version. */
import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Order } from '../../../gateways/contract/order.ts';
import type { Timeline } from '../../../gateways/contract/timeline.ts';
import { codeOf } from '../../client/problem.ts';
import { clock, tick } from '../../ui/ticking.ts';
import { rest } from '../session.ts';
import { cardOf, drawn } from '../store.ts';

export interface Story {
  readonly order: ReadonlySignal<Order | undefined>;
  readonly timeline: ReadonlySignal<Timeline | undefined>;
  /** Code of why it could not be read just now; it is tried again. */
  readonly missing: ReadonlySignal<string | undefined>;
}

/** Nobody tells of an order that is not on the board, nor that what could not be read could be now. */
const AGAIN_MS = 5_000;

export function useStory(id: string): Story {
  const order = useSignal<Order | undefined>(undefined);
  const timeline = useSignal<Timeline | undefined>(undefined);
  const missing = useSignal<string | undefined>(undefined);
  const version = useComputed(() => {
    void drawn.value;
    return cardOf(id)?.value.version;
  }).value;

  useEffect(() => {
    const over = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      const least = version === undefined ? '' : `?atLeast=${version}`;
      try {
        const [whole, story] = await Promise.all([
          rest.get<Order>(`/api/orders/${id}${least}`, over.signal),
          rest.get<Timeline>(`/api/orders/${id}/timeline`, over.signal),
        ]);
        if (over.signal.aborted) return;
        clock.observe(whole.body.updatedAt);
        order.value = whole.body;
        timeline.value = story.body;
        missing.value = undefined;
        tick();
      } catch (error) {
        if (over.signal.aborted) return;
        missing.value = codeOf(error);
      }
      if (version === undefined || missing.peek() !== undefined) timer = setTimeout(() => void read(), AGAIN_MS);
    };
    void read();
    return () => {
      over.abort();
      clearTimeout(timer);
    };
  }, [id, version]);
  return { order, timeline, missing };
}
