/** The sites there are: one tariff file each. */
import { readdirSync } from 'node:fs';
import { AndonError } from '../errors.ts';

export function sitesOf(tariffsDir: string): string[] {
  let names: string[] = [];
  try {
    names = readdirSync(tariffsDir);
  } catch {
    // told below: no folder has no tariffs
  }
  const sites = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  if (sites.length === 0)
    throw new AndonError('no_sites', `${tariffsDir} holds no tariff; each site has one, <site>.json`, { expose: true });
  return sites.sort();
}
