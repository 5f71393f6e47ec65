/** Whole boards for those who open them. Whoever comes while one is read gets the same: after a loss all come at once. */
import type { BoardDigest, BoardSnapshot } from '../views/board-types.ts';
import type { Boards } from '../views/boards.ts';
import type { Prepared } from './prepared.ts';
import type { Marks } from './watcher.ts';

export interface Picture {
  readonly snapshot: BoardSnapshot;
  readonly digest: BoardDigest;
  readonly marks: Marks;
}

export interface PicturesOptions {
  readonly boards: Pick<Boards, 'snapshot' | 'digest'>;
  readonly prepare: Prepared;
}

/** On a board that changes all the time snapshot and digest are asked for so often until they are of one moment. */
const TRIES = 4;

export const marksOf = ({ rebuilding, stale }: Marks): Marks => ({
  ...(rebuilding === undefined ? {} : { rebuilding }),
  ...(stale === undefined ? {} : { stale }),
});

export const isLive = ({ rebuilding, stale }: Marks): boolean => rebuilding === undefined && stale === undefined;

export class Pictures {
  readonly #options: PicturesOptions;
  readonly #reading = new Map<string, Promise<Picture>>();

  constructor(options: PicturesOptions) {
    this.#options = options;
  }

  read(site: string): Promise<Picture> {
    const reading = this.#reading.get(site) ?? this.#read(site).finally(() => this.#reading.delete(site));
    this.#reading.set(site, reading);
    return reading;
  }

  /** The digest is of the snapshot's position, or (seldom) of a later one. */
  async #read(site: string): Promise<Picture> {
    const { boards, prepare } = this.#options;
    for (let left = TRIES; ; left--) {
      const [snapshot, digest] = await Promise.all([boards.snapshot(site), boards.digest(site)]);
      const one = snapshot.epoch === digest.epoch && snapshot.at === digest.at;
      if (!one && left > 1) continue;
      const items = Object.values(snapshot.lanes).flatMap((lane) => lane.items);
      const shown = items.map((card) => ({ card }));
      await prepare(shown, snapshot.people);
      return { snapshot, digest, marks: marksOf(snapshot) };
    }
  }
}
