/** Whole boards for those who open them. Whoever comes while one is read, or shortly after, gets the same. */
import type { BoardDigest, BoardSnapshot } from '../views/board-types.ts';
import type { Boards } from '../views/boards.ts';
import type { Prepared } from './prepared.ts';
import { ReadOnce } from './read-once.ts';
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
/** Of a board on which nothing happens: a thousand screens that come within a second cost five readings. */
const KEEP_MS = 200;

export const marksOf = ({ rebuilding, stale }: Marks): Marks => ({
  ...(rebuilding === undefined ? {} : { rebuilding }),
  ...(stale === undefined ? {} : { stale }),
});

export const isLive = ({ rebuilding, stale }: Marks): boolean => rebuilding === undefined && stale === undefined;

export class Pictures {
  readonly #options: PicturesOptions;
  readonly #once = new ReadOnce<Picture>(KEEP_MS);
  readonly #reading = new Set<string>();
  /** Something happened while they were read. */
  readonly #changed = new Set<string>();

  constructor(options: PicturesOptions) {
    this.#options = options;
  }

  read(site: string): Promise<Picture> {
    return this.#once.ask(site, () => {
      this.#reading.add(site);
      this.#changed.delete(site);
      return this.#read(site).finally(() => {
        this.#reading.delete(site);
        if (this.#changed.has(site)) this.forget(site);
      });
    });
  }

  /** Something has happened on it. Who asks while it is read still gets that reading: one is enough at a time. */
  changed(site: string): void {
    if (this.#reading.has(site)) this.#changed.add(site);
    else this.forget(site);
  }

  /** The board is another by now; without a name, all may be. */
  forget(site?: string): void {
    this.#once.forget(site);
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
