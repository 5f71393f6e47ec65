/** `node test/_kit/check-imports.ts [root]`: prints every import that breaks a rule; exit code 1 when there is one. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cycles } from './cycles.ts';
import { partOf } from './import-rules.ts';
import { type Import, importsOf } from './imports.ts';

const SOURCES = '{actors,bench,demo,gateways,src,test,web}/**/*.{ts,tsx}';
/** Files that break rules on purpose. */
const PLANTED = /^test\/_kit\/(fixtures\/|check-imports\.test\.ts$)/;

const isRelative = (specifier: string): boolean => /^\.\.?(\/|$)/.test(specifier);

/** A file that is imported for its place or text (`./page.css?inline`) counts as its file. */
const target = (file: string, specifier: string): string =>
  posix.normalize(posix.join(dirname(file), specifier.replace(/\?.*$/, '')));

function faultOf(root: string, file: string, { specifier }: Import): string | undefined {
  const part = partOf(file);
  if (part === undefined) return undefined;
  if (!isRelative(specifier)) {
    if (specifier.startsWith('/') || specifier.startsWith('#')) return 'neither relative nor a package';
    return part.packages.some((rule) => rule.test(specifier)) ? undefined : `${part.name} may not import this package`;
  }
  const path = target(file, specifier);
  if (/\.[cm]?jsx?$/.test(path)) return 'a relative import names the .ts file, not a .js file';
  if (!existsSync(join(root, path))) return 'there is no such file';
  if (!/\.\w+$/.test(path)) return 'a relative import names the file with its extension';
  return part.files.some((rule) => rule.test(path)) ? undefined : `${part.name} may not import this file`;
}

/** Every broken rule, one line each. */
export function checkImports(root: string): string[] {
  const faults: string[] = [];
  const graph = new Map<string, string[]>();
  const files = globSync(SOURCES, { cwd: root }).filter((file) => !/(^|\/)node_modules\//.test(file));
  for (const file of files.sort().filter((name) => !PLANTED.test(name))) {
    const imports = importsOf(readFileSync(join(root, file), 'utf8'));
    if (partOf(file) === undefined) faults.push(`${file}: belongs to no part`);
    for (const one of imports) {
      const fault = faultOf(root, file, one);
      if (fault !== undefined) faults.push(`${file}: '${one.specifier}': ${fault}`);
    }
    const edges = imports.filter(({ specifier, typeOnly }) => isRelative(specifier) && !typeOnly);
    graph.set(
      file,
      edges.map(({ specifier }) => target(file, specifier)),
    );
  }
  for (const cycle of cycles(graph)) faults.push(`import cycle: ${[...cycle, cycle[0]].join(' → ')}`);
  return faults;
}

if (import.meta.main) {
  const root = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));
  const faults = checkImports(root);
  for (const fault of faults) console.log(fault);
  console.log(`imports: ${faults.length} broken`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
