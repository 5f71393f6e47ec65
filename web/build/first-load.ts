/** Which modules a page loads at first: those it imports, however deep, but not those it loads later by `import()`. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const STATIC = /(?:^|\n)(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/g;

export function firstLoad(entry: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (file: string): void => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(STATIC)) look(resolve(dirname(file), path));
  };
  look(resolve(entry));
  return found;
}
