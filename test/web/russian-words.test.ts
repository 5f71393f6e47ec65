import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';

const test = spec('russian words');
const WEB = join(import.meta.dirname, '../../web');
const PAGES = ['board', 'console', 'shop', 'wall'] as const;

type Table = Readonly<Record<string, unknown>>;
const isTable = (word: unknown): word is Table => typeof word === 'object' && word !== null && !Array.isArray(word);

/** Names that are the same in both languages. */
const NAMES = /\b(Andon|STL|CSV|JSON|PNG|API|ID|Socket\.IO|Esc|Enter|Ctrl|Shift|Tab|Home|End)\b/gu;
const latin = (words: string): string[] => words.replaceAll(NAMES, '').match(/[A-Za-z]{2,}/gu) ?? [];

/** Every English table by its name, as the pages import it. */
const english = new Map<string, Table>();
for (const file of (await readdir(join(WEB, 'text'))).filter((name) => name.endsWith('.ts'))) {
  const module = (await import(join(WEB, 'text', file))) as Table;
  const [, table] = /words\('(\w+)'/u.exec(await readFile(join(WEB, 'text', file), 'utf8')) ?? [];
  if (table !== undefined) english.set(table, module[`${table}Text`] as Table);
}

const russian = async (page: string): Promise<Readonly<Record<string, Table>>> =>
  ((await import(join(WEB, `text/ru/${page}-page.ts`))) as { words: Readonly<Record<string, Table>> }).words;

/** What differs in shape: keys by their paths, functions by how many things they tell of. */
function differences(said: unknown, there: unknown, path: string): string[] {
  if (typeof said === 'function' && typeof there === 'function')
    return said.length === there.length ? [] : [`${path}: ${there.length} arguments, not ${said.length}`];
  if (Array.isArray(said) && Array.isArray(there)) return said.length === there.length ? [] : [`${path}: length`];
  if (!isTable(said) || !isTable(there)) return typeof said === typeof there ? [] : [`${path}: ${typeof there}`];
  const keys = new Set([...Object.keys(said), ...Object.keys(there)]);
  return [...keys].flatMap((key) => differences(said[key], there[key], `${path}.${key}`));
}

/** Words of a table that are not Russian. */
function foreign(word: unknown, path: string): string[] {
  if (typeof word === 'string') return latin(word).map((found) => `${path}: ${found}`);
  if (typeof word === 'function')
    return [...String(word).matchAll(/'([^'\n]*)'|`([^`]*)`/gu)]
      .map(([, plain = '', template = '']) => plain + template.replaceAll(/\$\{[^}]*\}/gu, ' '))
      .filter((said) => /[а-яё]/iu.test(said) || latin(said).length > 1)
      .flatMap(latin)
      .map((found) => `${path}: ${found}`);
  return isTable(word) ? Object.entries(word).flatMap(([key, inner]) => foreign(inner, `${path}.${key}`)) : [];
}

/** The tables a page imports, however deep, also by `import()`. */
async function tablesOf(page: string): Promise<string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  const look = async (file: string): Promise<void> => {
    if (seen.has(file) || !file.startsWith(WEB) || file.includes('/text/ru/')) return;
    seen.add(file);
    const source = await readFile(file, 'utf8');
    for (const [, table = ''] of source.matchAll(/= words\('(\w+)'/gu)) found.push(table);
    for (const [, path = ''] of source.matchAll(/(?:from |import |import\()'(\.[^']+\.tsx?)'/gu))
      await look(join(dirname(file), path));
  };
  await look(join(WEB, page, 'main.tsx'));
  return found;
}

for (const page of PAGES) {
  test(`${page}: every table the page speaks with has a Russian one`, async () => {
    const missing = await tablesOf(page);
    const there = Object.keys(await russian(page));
    assert.equal(
      missing.filter((table) => !there.includes(table)),
      [],
    );
  });

  test(`${page}: Russian says what English says, key by key, and nothing in Latin letters but names`, async () => {
    for (const [name, table] of Object.entries(await russian(page))) {
      const other = english.get(name);
      assert.ok(other, `no English table is called ${name}`);
      assert.equal(differences(other, table, name), []);
      assert.equal(foreign(table, name), []);
    }
  });
}
