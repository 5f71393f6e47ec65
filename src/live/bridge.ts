/** Brings a watcher from its position to where the room is by now, from Redis, and lets it in. */

import type { RoomFrame } from './board-room.ts';
import type { HubRoom } from './hub-room.ts';
import { comparePositions } from './position.ts';
import type { Resumes } from './resumes.ts';
import type { ResyncReason, Seat, Watcher } from './watcher.ts';

export interface BridgeOptions<W extends Watcher> {
  readonly resumes: Pick<Resumes, 'since'>;
  sendOne(watcher: W, site: string, frame: RoomFrame): void;
  resync(watcher: W, site: string, reason: ResyncReason): void;
}

/** A room that is ahead again after so many rounds is too fast for this node. */
const ROUNDS = 20;

/** In the same turn of the event loop where the room is not ahead, which is nearly always. */
export function takeSeat<W extends Watcher>(
  { resumes, sendOne, resync }: BridgeOptions<W>,
  room: HubRoom<W>,
  watcher: W,
  at: string,
): Seat {
  let left = false;
  const { site, epoch } = room;
  const bridge = async (): Promise<boolean> => {
    for (let round = 0, position = at; round < ROUNDS && !left && !room.closed; round++) {
      if (comparePositions(position, room.position) >= 0) {
        room.join(watcher, position);
        return true;
      }
      if (room.isCold) return false;
      const missed = await resumes.since(site, epoch, position).catch(() => undefined);
      if (missed === undefined || left) return false;
      if (missed.to !== position) sendOne(watcher, site, missed);
      position = missed.to;
    }
    return false;
  };
  room.expect();
  const joining = bridge().catch(() => false); // a card that can't be shown
  void joining.then((joined) => {
    if (joined) return;
    room.giveUp();
    if (!left) resync(watcher, site, 'behind');
  });
  return {
    leave: () => {
      if (!left) room.leave(watcher);
      left = true;
    },
  };
}
