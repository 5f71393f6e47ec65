/** Boards over sockets: open and go on from a position, pages, digest. What changes is pushed by the hub of the node. */

import { unavailable } from '../../src/errors.ts';
import { forbidden, notFound } from '../../src/http/fail.ts';
import { BoardHub, type Opening } from '../../src/live/board-hub.ts';
import type { RoomFrame } from '../../src/live/board-room.ts';
import type { Line } from '../../src/live/line.ts';
import { type Cast, on, type Reply, type Service } from '../../src/live/space.ts';
import { orUnavailable } from '../../src/log/or-unavailable.ts';
import type { BoardChange } from '../../src/views/board-types.ts';
import type { Digest, Frame, Frames, Resync, Snapshot, Usual } from '../contract/board.ts';
import { renderUsual } from '../contract/flow.ts';
import { BoardName, BoardOpen, BoardPageAsk } from '../contract/live.ts';
import { knowPersons, mayLook, perLane, readPage, renderCards, renderCounts, renderPeople } from './board-read.ts';
import { principalOf } from './live-caller.ts';
import type { FloorLiveDeps } from './live-deps.ts';
import { sendRest } from './live-rest.ts';
import { Seats } from './live-seats.ts';

const PAGE = 200;

export function boardService(deps: FloorLiveDeps, cast: Cast): Service {
  const { boards, cold, tail, frameMs, coldMs, away, graceMs, directory } = deps;
  const seats = new Seats();
  const resync = (line: Line, site: string, reason: string): void =>
    line.send('board:resync', { site, reason } satisfies Resync);
  const hub = new BoardHub<Line>({
    boards,
    cold,
    tail,
    frameMs,
    coldMs,
    ...(away === undefined ? {} : { away }),
    prepare: (cards, persons) => knowPersons(directory, cards, persons),
    cast: (room, site, frame, { stale }) =>
      cast(room, 'board:frame', { ...render(site, frame), ...(stale === undefined ? {} : { stale }) }),
    sendOne: (line, site, frame) => line.send('board:frame', render(site, frame)),
    resync,
  });

  const render = (site: string, { epoch, from, to, changes, people }: RoomFrame): Frame => ({
    site,
    epoch,
    from,
    to,
    changes: changes.map(renderChange),
    ...(people === undefined ? {} : { people: renderPeople(people, directory.nameOf) }),
  });
  const renderChange = ({ order, version, lane, card }: BoardChange) =>
    ({
      order,
      version,
      lane,
      card: card === null ? null : (renderCards([card], directory.nameOf)[0] ?? null),
    }) as Frame['changes'][number]; // lanes as `laneOf` of actors/order names them

  const siteFor = (line: Line, asked: string): string => {
    const site = deps.sites().find((one) => one === asked);
    if (site === undefined) throw notFound();
    if (!mayLook(site, principalOf(line))) throw forbidden();
    return site;
  };

  type Fresh = Opening<Line> & { mode: 'snapshot' };
  const snapshotOf = ({ picture: { snapshot, marks } }: Fresh, usual: Usual): Snapshot => ({
    ok: true,
    mode: 'snapshot',
    epoch: snapshot.epoch,
    at: snapshot.at,
    lanes: perLane((lane) => {
      const { items, count, next } = snapshot.lanes[lane] ?? { items: [], count: 0, next: null };
      return { items: renderCards(items, directory.nameOf), count, next };
    }),
    counts: renderCounts(snapshot.counts),
    people: renderPeople(snapshot.people, directory.nameOf),
    graceMs,
    usual,
    ...marks,
  });

  const open = async (line: Line, site: string, resume?: { epoch: string; at: string }): Promise<Reply> => {
    const turn = seats.begin(line, site);
    const [opening, flow] = await Promise.all([orUnavailable(hub.open(site, resume)), deps.flow(site)]);
    if (!turn.current()) throw unavailable('the board, which was asked for again,');
    if (opening.mode === 'frames') {
      const { epoch, missed } = opening;
      const frames = missed.from === missed.to ? [] : [render(site, missed)];
      const ack: Frames = { ok: true, mode: 'frames', epoch, frames };
      return { ack, after: () => turn.sit(opening.take(line)) };
    }
    const ack = snapshotOf(opening, renderUsual(flow));
    return {
      ack,
      after: () => {
        turn.sit(opening.take(line));
        void sendRest(deps, line, site, opening.picture, turn.current, () => {
          turn.end();
          resync(line, site, 'slow');
        });
      },
    };
  };

  return {
    handlers: {
      'board:open': on(BoardOpen, async (line, { site, resume }) => open(line, siteFor(line, site), resume)),
      'board:page': on(BoardPageAsk, async (line, { site, lane, sort = 'recent', cursor = null }) => ({
        ack: await readPage(deps, siteFor(line, site), { lane, sort, cursor, limit: PAGE }),
      })),
      'board:digest': on(BoardName, async (line, { site }) => {
        const { complete: _, counts, ...digest } = await orUnavailable(boards.digest(siteFor(line, site)));
        const ack: Digest = { ok: true, ...digest, counts: renderCounts(counts) };
        return { ack };
      }),
      'board:close': on(BoardName, async (line, { site }) => {
        seats.end(line, site);
        return { ack: {} };
      }),
    },
    gone: (line) => seats.endAll(line),
    close: () => hub.close(),
  };
}
