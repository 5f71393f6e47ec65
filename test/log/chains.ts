/** Load for tests of the log: actors that append one row after another, and a count of what they were told stands. */
import * as assert from 'uvu/assert';
import type { Batcher } from '../../src/log/batch.ts';
import type { NewRow } from '../../src/log/rows.ts';
import { newRow } from './new-row.ts';

export interface Chains {
  /** Rows accepted so far. */
  count(): number;
  /** Stops, waits for the last answers; throws when one of them was wrong. Returns the rows accepted. */
  stop(): Promise<number>;
}

/** `follow` makes the row after a row; `n` tells the actors apart. */
export function runChains(
  actors: number,
  batcherOf: (n: number) => Batcher,
  follow: (row: NewRow, n: number) => NewRow,
  first: (n: number) => NewRow = () => newRow(),
): Chains {
  let stopped = false;
  let count = 0;
  const chain = async (_: unknown, n: number): Promise<void> => {
    for (let row = first(n); !stopped; row = follow(row, n)) {
      const answer = await batcherOf(n).append(row);
      const stands = answer.result === 'won' || (answer.result === 'mine' && answer.own);
      assert.ok(stands, `actor ${n}, version ${row.version}: ${answer.result}`);
      count++;
    }
  };
  const all = Promise.allSettled(Array.from({ length: actors }, chain));
  return {
    count: () => count,
    async stop() {
      stopped = true;
      for (const ended of await all) if (ended.status === 'rejected') throw ended.reason;
      return count;
    },
  };
}
