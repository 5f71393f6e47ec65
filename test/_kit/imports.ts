/** What a source file imports, read from its text: TypeScript 7 offers no stable parser to programs. */

export interface Import {
  readonly specifier: string;
  /** Erased before the program runs: `import type`, or only inline `type` names. */
  readonly typeOnly: boolean;
}

const COMMENTS = /^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
/** `import … from 'x'` and `export … from 'x'` at the start of a line, as the formatter leaves them. */
const STATEMENT = /^(?:import|export)\b(?<clause>[^;'"`=()]*?)\bfrom\s*['"](?<specifier>[^'"\n]+)['"]/gm;
const BARE = /^import\s*['"](?<specifier>[^'"\n]+)['"]/gm;
/** `import('x')`, as an expression or as a type: the text does not tell them apart, so it counts as an expression. */
const CALL = /\bimport\(\s*['"](?<specifier>[^'"\n]+)['"]\s*[,)]/g;

const isTypeOnly = (clause: string): boolean => {
  if (/^\s*type\b(?!\s*(?:,|from\b))/.test(clause)) return true;
  const names = /^\s*\{(?<names>[^}]*)\}\s*$/.exec(clause)?.groups?.['names'];
  const list = names
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return list !== undefined && list.length > 0 && list.every((name) => name.startsWith('type '));
};

export function importsOf(source: string): Import[] {
  const text = source.replace(COMMENTS, '');
  const found: Import[] = [];
  for (const { groups } of text.matchAll(STATEMENT))
    found.push({ specifier: groups?.['specifier'] ?? '', typeOnly: isTypeOnly(groups?.['clause'] ?? '') });
  for (const pattern of [BARE, CALL])
    for (const { groups } of text.matchAll(pattern))
      found.push({ specifier: groups?.['specifier'] ?? '', typeOnly: false });
  return found;
}
