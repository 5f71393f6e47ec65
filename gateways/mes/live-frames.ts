/** Frames as they go out; what several get one by one is written once. */
import type { RoomFrame } from '../../src/live/board-room.ts';
import { Written } from '../../src/live/written.ts';
import type { BoardChange } from '../../src/views/board-types.ts';
import type { Frame, Frames } from '../contract/board.ts';
import { renderCards, renderPeople } from './board-read.ts';
import type { FloorLiveDeps } from './live-deps.ts';

export interface FrameWriter {
  render(site: string, frame: RoomFrame): Frame;
  one(site: string, frame: RoomFrame): Written;
  /** The answer to whoever goes on from a position. */
  resumed(site: string, missed: RoomFrame): Written;
}

export function frameWriter({ nameOf }: FloorLiveDeps['directory']): FrameWriter {
  const ones = new WeakMap<RoomFrame, Written>();
  const answers = new WeakMap<RoomFrame, Written>();
  const render = (site: string, { epoch, from, to, changes, people }: RoomFrame): Frame => ({
    site,
    epoch,
    from,
    to,
    changes: changes.map(renderChange),
    ...(people === undefined ? {} : { people: renderPeople(people, nameOf) }),
  });
  const renderChange = ({ order, version, lane, card }: BoardChange) =>
    ({
      order,
      version,
      lane,
      card: card === null ? null : (renderCards([card], nameOf)[0] ?? null),
    }) as Frame['changes'][number]; // lanes as `laneOf` of actors/order names them
  const once = (known: WeakMap<RoomFrame, Written>, frame: RoomFrame, of: () => object): Written => {
    const written = known.get(frame) ?? new Written(of());
    known.set(frame, written);
    return written;
  };
  return {
    render,
    one: (site, frame) => once(ones, frame, () => render(site, frame)),
    resumed: (site, missed) =>
      once(answers, missed, () => {
        const frames = missed.from === missed.to ? [] : [render(site, missed)];
        return { ok: true, mode: 'frames', epoch: missed.epoch, frames } satisfies Frames;
      }),
  };
}
