/** Who changes orders, in a process of its own: of Andon, or of the peer. */
import type { Commit } from './commits.ts';

export interface LiveWriter {
  /** Orders that stand on the board of the site. */
  prepare(site: string, count: number): Promise<readonly string[]>;
  /** One version more of an order; `told` = who is told, where the peer must say so. */
  change(order: string, told: About): Promise<unknown>;
  /** Gives them and forgets them. */
  takeCommits(): readonly Commit[];
  close(): Promise<void>;
}

/** What is watched: a whole board, or one order. */
export type About = 'board' | 'order';

export type SideName = 'andon' | 'plain';

export type WriterAsk =
  | { readonly do: 'prepare'; readonly site: string; readonly count: number }
  | {
      readonly do: 'change';
      readonly orders: readonly string[];
      readonly told: About;
      readonly perSecond: number;
      readonly ms: number;
    };
