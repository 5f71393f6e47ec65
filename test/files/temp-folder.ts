import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fixture } from '../_kit/spec.ts';

/** An empty folder, removed with all that is in it. */
export const withFolder: Fixture<string> = async (lend) => {
  const dir = await mkdtemp(join(tmpdir(), 'andon-files-'));
  try {
    await lend(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};
