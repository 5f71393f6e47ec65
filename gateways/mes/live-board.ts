/** Boards over sockets: open and go on from a position, pages, digest. What changes is pushed by the hub of the node. */

import { unavailable } from '../../src/errors.ts';
import { forbidden, notFound } from '../../src/http/fail.ts';
import { BoardHub, type Opening } from '../../src/live/board-hub.ts';
import { FewAtOnce, type Leave } from '../../src/live/few-at-once.ts';
import type { Line } from '../../src/live/line.ts';
import { ReadOnce } from '../../src/live/read-once.ts';
import { type Cast, on, type Reply, type Service } from '../../src/live/space.ts';
import type { ResyncReason } from '../../src/live/watcher.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { BoardDigest } from '../../src/views/board-types.ts';
import type { Digest, Resync } from '../contract/board.ts';
import { BoardName, BoardOpen, BoardPageAsk } from '../contract/live.ts';
import { knowPersons, mayLook, readPage, renderCounts } from './board-read.ts';
import { principalOf } from './live-caller.ts';
import type { FloorLiveDeps } from './live-deps.ts';
import { frameWriter } from './live-frames.ts';
import { restSender } from './live-rest.ts';
import { Seats } from './live-seats.ts';
import { snapshotWriter } from './live-snapshot.ts';

const PAGE = 200;
/** Of how many messages a second each takes the part: a command counts as one. */
const COST = { open: 10, page: 5, digest: 20 };
/** Whole boards that may be on their way to clients of this node at once, with some 400 kB each. */
const WHOLE_AT_ONCE = 64;
/** A slow line holds up the others for no longer, milliseconds. */
const SENDING_MS = 1_000;

interface Opened {
  readonly opening: Opening<Line>;
  /** Gives the place of a whole board back. */
  readonly leave?: Leave;
}

function leaveOnceSent(line: Line, leave: Leave): void {
  if (line.open) line.whenTaken(leave);
  setTimeout(leave, line.open ? SENDING_MS : 0).unref();
}

export function boardService(deps: FloorLiveDeps, cast: Cast): Service {
  const { boards, cold, tail, frameMs, coldMs, away, directory } = deps;
  const seats = new Seats();
  const frames = frameWriter(directory);
  const writeSnapshot = snapshotWriter(deps);
  const sendRest = restSender(deps);
  const wholes = new FewAtOnce(WHOLE_AT_ONCE);
  const digests = new ReadOnce<BoardDigest>();
  const digestOf = (site: string) => digests.ask(site, () => boards.digest(site));
  const resync = (line: Line, site: string, reason: ResyncReason): void =>
    line.send('board:resync', { site, reason } satisfies Resync);
  const hub = new BoardHub<Line>({
    boards,
    cold,
    caughtUp: (site) => deps.caughtUp.ask(site),
    tail,
    frameMs,
    coldMs,
    ...(away === undefined ? {} : { away }),
    prepare: (cards, persons) => knowPersons(directory, cards, persons),
    cast: (room, site, frame, { stale }) =>
      cast(room, 'board:frame', { ...frames.render(site, frame), ...(stale === undefined ? {} : { stale }) }),
    sendOne: (line, site, frame) => line.send('board:frame', frames.one(site, frame)),
    resync,
  });

  const siteFor = (line: Line, asked: string): string => {
    const site = deps.sites().find((one) => one === asked);
    if (site === undefined) throw notFound();
    if (!mayLook(site, principalOf(line))) throw forbidden();
    return site;
  };

  const open = async (line: Line, site: string, resume?: { epoch: string; at: string }): Promise<Reply> => {
    const turn = seats.begin(line, site);
    const flow = await deps.flow(site);
    const { opening, leave } = await opened(line, site, resume);
    try {
      if (!turn.current()) throw unavailable('the board, which was asked for again,');
      if (opening.mode === 'frames') {
        leave?.();
        return { ack: frames.resumed(site, opening.missed), after: () => turn.sit(opening.take(line)) };
      }
      const { picture, at, digestAt } = opening;
      const broken = (reason: ResyncReason): void => {
        turn.end();
        resync(line, site, reason);
      };
      return {
        ack: writeSnapshot(picture, at, flow),
        after: () => {
          if (leave !== undefined) leaveOnceSent(line, leave);
          turn.sit(opening.take(line));
          void sendRest({ line, site, picture, digestAt, current: turn.current, broken });
        },
      };
    } catch (error) {
      leave?.();
      throw error;
    }
  };

  const opened = async (line: Line, site: string, resume?: { epoch: string; at: string }): Promise<Opened> => {
    const first = await orUnavailable(hub.open(site, resume));
    if (first.mode === 'frames') return { opening: first };
    const free = wholes.tryEnter();
    if (free !== undefined) return { opening: first, leave: free };
    const leave = await wholes.enter();
    try {
      if (!line.open) throw unavailable('the board, which nobody waits for any more,');
      return { opening: await orUnavailable(hub.open(site, resume)), leave };
    } catch (error) {
      leave();
      throw error;
    }
  };

  return {
    handlers: {
      'board:open': on(BoardOpen, async (line, { site, resume }) => open(line, siteFor(line, site), resume), COST.open),
      'board:page': on(
        BoardPageAsk,
        async (line, { site, lane, sort = 'recent', cursor = null }) => ({
          ack: await readPage(deps, siteFor(line, site), { lane, sort, cursor, limit: PAGE }),
        }),
        COST.page,
      ),
      'board:digest': on(
        BoardName,
        async (line, { site }) => {
          const { complete: _, counts, ...digest } = await orUnavailable(digestOf(siteFor(line, site)));
          const ack: Digest = { ok: true, ...digest, counts: renderCounts(counts) };
          return { ack };
        },
        COST.digest,
      ),
      'board:close': on(BoardName, async (line, { site }) => {
        seats.end(line, site);
        return { ack: {} };
      }),
    },
    gone: (line) => seats.endAll(line),
    close: () => hub.close(),
  };
}
