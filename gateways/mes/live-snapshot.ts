/** The answer to whoever opens a board, written once for all who come for the same picture. */
import type { Picture } from '../../src/live/pictures.ts';
import { Written } from '../../src/live/written.ts';
import type { SiteFigures } from '../../src/views/flow-figures.ts';
import type { Snapshot } from '../contract/board.ts';
import { renderUsual } from '../contract/flow.ts';
import { perLane, renderCards, renderCounts, renderPeople } from './board-read.ts';
import type { FloorLiveDeps } from './live-deps.ts';

interface Known {
  readonly at: string;
  readonly flow: SiteFigures | undefined;
  readonly written: Written;
}

export type WriteSnapshot = (picture: Picture, at: string, flow: SiteFigures | undefined) => Written;

export function snapshotWriter({ directory, graceMs }: Pick<FloorLiveDeps, 'directory' | 'graceMs'>): WriteSnapshot {
  const known = new WeakMap<Picture, Known>();
  const render = ({ snapshot, marks }: Picture, at: string, flow: SiteFigures | undefined): Snapshot => ({
    ok: true,
    mode: 'snapshot',
    epoch: snapshot.epoch,
    at,
    lanes: perLane((lane) => {
      const { items, count, next } = snapshot.lanes[lane] ?? { items: [], count: 0, next: null };
      return { items: renderCards(items, directory.nameOf), count, next };
    }),
    counts: renderCounts(snapshot.counts),
    people: renderPeople(snapshot.people, directory.nameOf),
    graceMs,
    usual: renderUsual(flow),
    ...marks,
  });
  return (picture, at, flow) => {
    const found = known.get(picture);
    if (found?.at === at && found.flow === flow) return found.written;
    const written = new Written(render(picture, at, flow));
    known.set(picture, { at, flow, written });
    return written;
  };
}
