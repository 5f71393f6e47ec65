/** Sites of a stand: those of the product, or any number that make what `north` makes. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The product's own. */
export const TARIFFS = join(import.meta.dirname, '../../tariffs');

export const sitesOf = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).map((file) => file.replace(/\.json$/, ''));

/** Returns the folder. */
export async function writeTariffs(folder: string, sites: readonly string[]): Promise<string> {
  const north = JSON.parse(await readFile(join(TARIFFS, 'north.json'), 'utf8')) as object;
  await mkdir(folder, { recursive: true });
  for (const [n, site] of sites.entries()) {
    const tariff = { ...north, site, name: `Workshop ${site}`, numberPrefix: String(n + 1) };
    await writeFile(join(folder, `${site}.json`), JSON.stringify(tariff));
  }
  return folder;
}
