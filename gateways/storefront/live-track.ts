/**
 * Following an order: what was missed (or the whole order), then every version once and in order. The channel is
 * subscribed before the order is read, so nothing falls between. A guest follows as long as its link is good.
 */
import type { Told } from '../../actors/order/change.ts';
import { heard } from '../../actors/order/retold.ts';
import type { OrderState } from '../../actors/order/state.ts';
import { codeOf, unavailable } from '../../src/errors.ts';
import { notFound } from '../../src/http/fail.ts';
import { unauthenticated } from '../../src/identity/tokens.ts';
import { ActorWatch } from '../../src/live/actor-watch.ts';
import type { Line } from '../../src/live/line.ts';
import { ShareWatch } from '../../src/live/share-watch.ts';
import { on, type Reply, type Service } from '../../src/live/space.ts';
import { renderChange, type Tracked } from '../contract/change.ts';
import { Track, type TrackEnded, Untrack } from '../contract/live.ts';
import { personsIn, renderOrder } from '../contract/order.ts';
import type { TrackDeps } from './live-deps.ts';
import { PriceQueue } from './live-progress.ts';
import { Tracks } from './live-tracks.ts';
import { followerOf } from './shown.ts';
import { story } from './told.ts';

/** It reads the order, and the log for what was missed. */
const TRACK_COST = 2;

interface Found {
  readonly version: number;
  readonly state: OrderState;
  /** What was missed; undefined = shown anew. */
  readonly rows?: readonly Told[];
}

export function trackService(deps: TrackDeps): Service {
  const { directory, channel, subscriber, checkMs, awayCheckMs } = deps;
  const watch = new ActorWatch<Told>({
    subscriber,
    channel,
    heard,
    rows: (order, since) => story(deps, order, since),
    versions: (orders) => deps.versions(orders),
    checkMs,
    awayCheckMs,
  });
  const tracks = new Tracks(watch);
  const prices = new PriceQueue(deps);
  const links = new ShareWatch({
    subscriber,
    channel: deps.sharesEnded,
    revokedWithin: (seconds) => deps.shares.revokedWithin(seconds),
    revoked: (hashes) => deps.shares.forget(hashes),
  });

  const follow = async (line: Line, { order, token, since }: Track): Promise<Reply> => {
    if (line.principal === undefined && token === undefined) throw unauthenticated('sign in, or show a link');
    const { mayRead, viewer, link } = await followerOf(deps, line, order, token);
    const track = tracks.begin(line, order);
    const price = prices.follow(line, order);
    const now = { shown: false, over: false };
    const tell = (): void => line.send('track:ended', { order } satisfies TrackEnded);
    const end = (): void => {
      track.end();
      if (now.shown && !now.over) tell();
      now.over = true;
    };
    try {
      const guard = await watch.watch(order, (row) => {
        if (mayRead(row.after)) {
          line.send('order:changed', renderChange(row));
          price.reached(row.after.status);
        } else end();
        if (line.slow) line.whenDrained(() => guard.resume());
        return !line.slow;
      });
      const unlink = link && links.add(link.hash, end);
      track.hold(guard, () => {
        price.end();
        unlink?.();
      });
      const missed = (after: number) => watch.missed(order, after);
      const found = await (since === undefined
        ? read(deps, order, mayRead)
        : missedSince(deps, order, since, mayRead, missed));
      if (viewer.staff) await directory.know(personsIn(found.state));
      if (now.over) throw notFound();
      if (!track.current()) throw unavailable('the order, which was asked for again,');
      const shown = renderOrder(found.state, found.version, viewer, directory.nameOf);
      const ack: Tracked =
        found.rows === undefined
          ? { ok: true, order: shown, snapshot: true }
          : { ok: true, order: shown, changes: found.rows.map(renderChange) };
      return {
        ack,
        after: () => {
          now.shown = true;
          if (now.over) tell();
          else if (track.current()) price.reached(found.state.status);
          watch.open(order, guard, found.version);
          // What Redis gave may be behind the log.
          if (found.rows === undefined) reachNewest(order, guard);
        },
      };
    } catch (error) {
      track.end();
      throw error;
    }
  };

  const reachNewest = (order: string, guard: { reach(version: number): void }): void => {
    deps.versions([order]).then(
      ([version]) => guard.reach(version ?? 0),
      () => undefined, // the position checks do it
    );
  };

  return {
    handlers: {
      track: on(Track, follow, TRACK_COST),
      untrack: on(Untrack, async (line, { order }) => {
        tracks.end(line, order);
        return { ack: {} };
      }),
    },
    gone: (line) => tracks.endAll(line),
    close: async () => {
      links.close();
      watch.close();
      prices.close();
    },
  };
}

/** Throws `not_found`: foreign and unknown orders are the same. */
async function read(
  { runtime }: TrackDeps,
  order: string,
  mayRead: (state: OrderState) => boolean,
  atLeast?: number,
): Promise<Found> {
  const found = await runtime.read('order', order, atLeast === undefined ? {} : { atLeast });
  const state = found?.state as OrderState | undefined; // this kind's states
  if (found === undefined || state === undefined || !mayRead(state)) throw notFound();
  return { version: found.version, state };
}

/** A version that never was, or a log that can't be read now: the order is shown anew. */
async function missedSince(
  deps: TrackDeps,
  order: string,
  since: number,
  mayRead: (state: OrderState) => boolean,
  rowsAfter: (version: number) => Promise<readonly Told[]>,
): Promise<Found> {
  const missed = async (rows: readonly Told[]): Promise<Found | undefined> => {
    const last = rows.at(-1);
    if (last === undefined) return undefined;
    if (!mayRead(last.after)) throw notFound();
    return { version: last.version, state: last.after, rows };
  };
  try {
    const found = await missed(await rowsAfter(since));
    if (found !== undefined) return found;
    const now = await read(deps, order, mayRead, since);
    if (now.version === since) return { ...now, rows: [] };
    // A version that was accepted between the two reads stands in the log.
    return (now.version > since && (await missed(await story(deps, order, since)))) || now;
  } catch (error) {
    if (codeOf(error) !== 'unavailable') throw error;
    return read(deps, order, mayRead);
  }
}
