/** A CPU profile of a page, kept where ANDON_BENCH_PROFILES names a folder; without one nothing is slowed down. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession } from 'playwright-core';

export async function profileInto(session: CDPSession, name: string): Promise<() => Promise<void>> {
  const folder = process.env['ANDON_BENCH_PROFILES'];
  if (folder === undefined) return async () => undefined;
  await session.send('Profiler.enable');
  await session.send('Profiler.start');
  return async () => {
    const { profile } = await session.send('Profiler.stop');
    await writeFile(join(folder, `page-${name}.cpuprofile`), JSON.stringify(profile));
  };
}
