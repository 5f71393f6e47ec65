/** The contents of this process, as its settings say. */
import type { Config } from '../config.ts';
import { Contents } from './contents.ts';
import { DirectoryStore } from './directory-store.ts';
import { Spool } from './spool.ts';

type FileSettings = Pick<Config, 'filesDir' | 'spoolDir'>;

export async function openContents(
  { filesDir, spoolDir }: FileSettings,
  storeAway?: (error: unknown) => void,
): Promise<Contents> {
  const store = new DirectoryStore(filesDir);
  await store.open();
  return new Contents({ store, spool: new Spool(spoolDir), ...(storeAway === undefined ? {} : { storeAway }) });
}

/** What killed processes left behind in this machine's folders. */
export async function sweepFiles(
  { filesDir, spoolDir }: FileSettings,
  olderThanMs: number,
  wanted: (found: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<number> {
  const spooled = await new Spool(spoolDir).sweep(olderThanMs, wanted);
  return spooled + (await new DirectoryStore(filesDir).sweep(olderThanMs));
}
