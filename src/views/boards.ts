/**
 * A board for whoever asks: from Redis, or from the view `orders` while Redis is away (`stale`, seconds behind) or the
 * board is being rebuilt (`rebuilding`). The marks say which; without a mark it is live.
 */
import { codeOf } from '../errors.ts';
import type { BoardStore, Missed } from './board.ts';
import type { BoardDigest, BoardHead, BoardPage, BoardSnapshot, PageRequest } from './board-types.ts';
import type { ColdBoard } from './cold.ts';

export interface Marks {
  readonly rebuilding?: true;
  readonly stale?: number;
}

export class Boards {
  readonly #hot: BoardStore;
  readonly #cold: ColdBoard;

  constructor(hot: BoardStore, cold: ColdBoard) {
    this.#hot = hot;
    this.#cold = cold;
  }

  snapshot(board: string, first?: number): Promise<BoardSnapshot & Marks> {
    return this.#read((store) => store.snapshot(board, first));
  }

  page(request: PageRequest): Promise<BoardPage & Marks> {
    return this.#read((store) => store.page(request));
  }

  digest(board: string): Promise<BoardDigest & Marks> {
    return this.#read((store) => store.digest(board));
  }

  /** undefined = take a snapshot. */
  async since(board: string, epoch: string, at: string): Promise<Missed | undefined> {
    try {
      return await this.#hot.since(board, epoch, at);
    } catch (error) {
      if (codeOf(error) !== 'redis_away') throw error;
      return undefined;
    }
  }

  async #read<T extends BoardHead>(ask: (store: BoardStore | ColdBoard) => Promise<T | undefined>): Promise<T & Marks> {
    const marks = await ask(this.#hot).then(
      (found) => (found?.complete ? found : ({ rebuilding: true } as const)),
      async (error: unknown) => {
        if (codeOf(error) !== 'redis_away') throw error;
        return { stale: await this.#cold.lagSeconds() };
      },
    );
    if ('epoch' in marks) return marks;
    return { ...((await ask(this.#cold)) as T), ...marks };
  }
}
