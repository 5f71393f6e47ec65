/** When versions of orders were committed, by the clock of all processes (../clock.ts). */
import { Batcher } from '../../../src/log/batch.ts';
import { clock } from '../clock.ts';

export interface Commit {
  readonly order: string;
  readonly version: number;
  readonly at: number;
}

/**
 * Notes, from now on, when the answer of each append arrives in this process: nobody here knows earlier that the row
 * stands. The runtime says nothing of the kind, so the one method of the log that it calls is wrapped.
 */
export function watchAppends(note: (commit: Commit) => void): void {
  const append = Batcher.prototype.append;
  Batcher.prototype.append = async function (row) {
    const appended = await append.call(this, row);
    if (row.kind === 'order') note({ order: row.actor, version: row.version, at: clock() });
    return appended;
  };
}
