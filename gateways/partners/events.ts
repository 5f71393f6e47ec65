/** The event feed of a partner: read on from a place, and waited for where there is nothing yet. */
import { principalIn } from '../../src/http/caller.ts';
import type { Call, Route } from '../../src/http/route.ts';
import { type EventPlace, FIRST, placeFrom } from '../../src/views/event-place.ts';
import type { EventPage } from '../../src/views/event-store.ts';
import type { Wait } from '../../src/views/event-wait.ts';
import { type EventsQuery, readPartnerEvents } from '../contract/partners.ts';

const PAGE = 50;

export interface EventDeps {
  /** Throws `unavailable`. */
  events(tenant: string, after: EventPlace, limit: number): Promise<EventPage>;
  /** Throws `too_many`. */
  waitForEvents(tenant: string, after: EventPlace, ms: number): Wait;
  /** Throws `unauthenticated` once the key of this header is no longer taken. */
  stillTaken(authorization: string | undefined): Promise<unknown>;
}

export const eventsRoute = (deps: EventDeps): Route => ({
  endpoint: readPartnerEvents,
  handle: async (call) => {
    const { tenant } = principalIn(call);
    const { after, wait = 0, limit = PAGE } = call.query as EventsQuery;
    const from = after === undefined ? FIRST : placeFrom(after, '/after');
    const read = () => deps.events(tenant, from, limit);
    let page = await read();
    if (page.items.length === 0 && wait > 0) {
      await waited(call, deps.waitForEvents(tenant, from, wait * 1_000));
      await deps.stillTaken(call.header('authorization')); // it may have been revoked meanwhile
      page = await read();
    }
    // Written as they are told: they are not read and written again for every reader.
    const content = `{"items":[${page.items.join(',')}],"next":${JSON.stringify(page.next)}}`;
    return { text: { type: 'application/json', content } };
  },
});

/** Nobody waits for who has hung up. */
async function waited(call: Call, wait: Wait): Promise<void> {
  const stop = call.onGone(() => wait.end());
  try {
    await wait.over;
  } finally {
    stop();
  }
}
