/** What the sources may not do at all, so that nobody has to prove each place harmless. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Source {
  readonly file: string;
  readonly text: string;
}

const sources = (pattern: string): Source[] =>
  globSync(pattern, { cwd: ROOT })
    .filter((file) => !file.includes('node_modules/'))
    .sort()
    .map((file) => ({ file, text: readFileSync(`${ROOT}/${file}`, 'utf8') }));

const OURS = '{actors,gateways,src,web}/**/*.{ts,tsx}';
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
const linesOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** `file:line` of every match, in code alone. */
const hits = (some: readonly Source[], pattern: RegExp): string[] =>
  some.flatMap(({ file, text }) => {
    const code = withoutComments(text);
    return [...code.matchAll(pattern)].map((match) => `${file}: ${match[0].trim().slice(0, 80)}`);
  });

const SQL =
  /\b(select\b[\s\S]*\bfrom|insert\s+into|update\s+\S+\s+set|delete\s+from|(create|alter|drop|grant|revoke)\s+\w+)\b/i;

/** Template strings with something filled in that read like SQL, and texts put together inside a `.query(`. */
const builtSql = (some: readonly Source[]): string[] =>
  some.flatMap(({ file, text }) => {
    const code = withoutComments(text);
    const filled = [...code.matchAll(/`(?:[^`\\]|\\.)*`/g)].filter(([part]) => /\$\{/.test(part) && SQL.test(part));
    const joined = [...code.matchAll(/\.query(?:<[^>]*>)?\(\s*(['"`])(?:(?!\1)[^\\]|\\.)*\1\s*\+/g)];
    return [...filled, ...joined].map(({ index }) => `${file}:${linesOf(code, index)}`);
  });

const test = spec('the sources');

test('a statement that is put together from strings is found', () => {
  const foundIn = (text: string): string[] => builtSql([{ file: 'a.ts', text: text.replaceAll('§', '$') }]);
  const wrong = [
    'pool.query(`SELECT * FROM users WHERE login = §{login}`);',
    "pool.query('DELETE FROM users WHERE id = ' + id);",
    'const sql = `insert into t values (§{v})`;',
    'x(`update orders set a = §{a}`)',
  ];
  for (const text of wrong) assert.equal(foundIn(text), ['a.ts:1'], text);
  const right = [
    'pool.query(`SELECT 1`)',
    "pool.query('select $1', [a])",
    '`§{a} and §{b} from there`',
    '// `select §{a} from`',
  ];
  for (const text of right) assert.equal(foundIn(text), [], text);
});

/** What can be no parameter; none of it comes from a caller. */
const EXCEPT = [
  'src/launcher/servers/prepare-postgres.ts', // makes roles and databases: names of the launcher, quoted
  'src/launcher/census.ts', // counts the rows of each table there is: names of Postgres, quoted
  'src/log/adopt.ts', // changes a default: a number
  'src/log/migrate.ts', // drops a half-made index: the name in our own migration
  'src/launcher/database.ts', // tells a person what to type
];

test('put no statement together from strings: SQL has parameters', () => {
  const found = builtSql(sources(OURS)).filter((at) => !EXCEPT.includes(at.replace(/:\d+$/, '')));
  assert.equal(found, []);
});

test('SQL runs no text as SQL', () => {
  const files = sources('{src,gateways}/**/*.sql');
  assert.ok(files.length > 40, `${files.length}`);
  const bad = files.filter(({ text }) =>
    /\bexecute\b|\bformat\s*\(|\bdblink|\bcopy\b.*\bprogram\b/i.test(text.replace(/--.*$/gm, '')),
  );
  assert.equal(
    bad.map(({ file }) => file),
    [],
  );
});

test('Lua runs no text as Lua, and calls only commands that stand in it', () => {
  const files = sources('src/**/*.lua');
  assert.ok(files.length > 3, `${files.length}`);
  const code = files.map(({ file, text }) => ({ file, text: text.replace(/--.*$/gm, '') }));
  assert.equal(hits(code, /\b(loadstring|load|dofile|setfenv)\s*\([^)]*/g), []);
  assert.equal(hits(code, /redis\.p?call\s*\(\s*[^'"\s][^,)]*/g), []);
});

test('run no text as code, nor as a command of a shell', () => {
  const code = sources(OURS);
  assert.equal(hits(code, /(?<![.\w])eval\s*\((?!args)[^)]*|new Function\s*\(/g), []);
  assert.equal(hits(code, /\b(exec|execSync)\s*\(\s*['"`][^)]*|shell:\s*true/g), []);
});

test('pages put no text into a page as HTML', () => {
  const pages = sources('web/**/*.{ts,tsx}');
  assert.ok(pages.length > 20);
  assert.equal(hits(pages, /dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write/g), []);
  const html = sources('web/**/*.html');
  assert.ok(html.length > 0);
  assert.equal(hits(html, /<script(?![^>]*\bsrc=)[^>]*>|\son\w+\s*=|<style|\sstyle\s*=|javascript:/gi), []);
});

test('who somebody is rests on no weak chance and no weak hash', () => {
  const code = sources('{src/identity,src/http,src/launcher}/**/*.ts');
  assert.equal(hits(code, /Math\.random\(|createHash\(['"](md5|sha1)['"]\)/g), []);
});

test('nobody is asked not to check a certificate', () => {
  assert.equal(hits(sources(OURS), /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/g), []);
});

test('what docs/security.md promises names tests that are there', () => {
  const text = readFileSync(`${ROOT}/docs/security.md`, 'utf8');
  const named = [...text.matchAll(/`(test\/[\w./-]+)`/g)].map(([, file]) => file!);
  assert.ok(named.length > 20, `${named.length}`);
  assert.equal(
    named.filter((file) => !existsSync(`${ROOT}/${file}`)),
    [],
  );
});
