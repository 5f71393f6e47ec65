/** What was missed on a board since a position: those who were told the same before a node died come back with the same. */
import type { Missed } from '../views/board.ts';
import type { Boards } from '../views/boards.ts';
import type { Prepared } from './prepared.ts';
import { ReadOnce } from './read-once.ts';

export interface ResumesOptions {
  readonly boards: Pick<Boards, 'since'>;
  readonly prepare: Prepared;
}

export class Resumes {
  readonly #options: ResumesOptions;
  readonly #once = new ReadOnce<Missed | undefined>();

  constructor(options: ResumesOptions) {
    this.#options = options;
  }

  /** undefined = take a snapshot. What was missed is ready to be shown. */
  since(site: string, epoch: string, at: string): Promise<Missed | undefined> {
    return this.#once.ask(`${site} ${epoch} ${at}`, async () => {
      const missed = await this.#options.boards.since(site, epoch, at);
      if (missed !== undefined) await this.#options.prepare(missed.changes, missed.people);
      return missed;
    });
  }
}
