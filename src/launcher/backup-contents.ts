/**
 * Contents between folders of the same layout. Invariant: what stands under a hash is whole and of that hash: it is summed up
 * on the way, and comes to its place by a rename.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { codeOf } from '../errors.ts';
import { bytesOf, placeIn } from '../files/hash-folder.ts';

/** `there`: it was there before. */
export type Copied =
  | { readonly became: 'there' | 'copied'; readonly bytes: number }
  | { readonly became: 'missing' | 'damaged' };

/** From the first of `sources` that has it whole. */
export async function copyContent(
  sha256: string,
  { sources, target, mode }: { readonly sources: readonly string[]; readonly target: string; readonly mode: number },
): Promise<Copied> {
  const place = placeIn(target, sha256);
  const bytes = await bytesOf(place);
  if (bytes !== undefined) return { became: 'there', bytes };
  let damaged = false;
  for (const source of sources) {
    const copied = await copyOne(placeIn(source, sha256), place, sha256, mode);
    if (typeof copied === 'number') return { became: 'copied', bytes: copied };
    damaged ||= copied === 'damaged';
  }
  return { became: damaged ? 'damaged' : 'missing' };
}

async function copyOne(
  from: string,
  to: string,
  sha256: string,
  mode: number,
): Promise<number | 'missing' | 'damaged'> {
  const folder = dirname(to);
  const aside = join(folder, `.${randomUUID()}`);
  const hash = createHash('sha256');
  let bytes = 0;
  await mkdir(folder, { recursive: true });
  try {
    const counted = async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    };
    await pipeline(createReadStream(from), counted, createWriteStream(aside, { flags: 'wx', mode, flush: true }));
    if (hash.digest('hex') !== sha256) return 'damaged';
    await rename(aside, to);
    return bytes;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'missing';
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
