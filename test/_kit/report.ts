/** What a test file tells the runner, one JSON line each on file descriptor 3: the printed text is for people only. */
import { writeSync } from 'node:fs';

export type Report =
  /** Tests of this file, once it has been read. */
  | { readonly type: 'registered'; readonly tests: number }
  | { readonly type: 'started'; readonly title: string; readonly deadlineMs: number }
  | { readonly type: 'passed'; readonly title: string; readonly ms: number }
  | { readonly type: 'failed'; readonly title: string; readonly ms: number }
  | { readonly type: 'skipped'; readonly title: string; readonly reason: string }
  /** Every suite has been run. */
  | { readonly type: 'done' };

const CHANNEL = 3;

export const report = (message: Report): void => {
  writeSync(CHANNEL, `${JSON.stringify(message)}\n`);
};
