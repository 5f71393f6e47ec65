/**
 * Loaded into a node before anything else (`--import`, with `--expose-gc`): says over IPC what memory it holds after
 * garbage was collected, which its resident size alone would hide.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Memory } from './memory.ts';
import { PROBE } from './memory.ts';

process.on('message', async (question) => {
  if (question !== PROBE) return;
  // What ends with a connection is freed in several rounds.
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await sleep(20);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ resident: rss, held: heapUsed + external } satisfies Memory);
});
