/** What the files for deployment and the book of operations name is there. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readConfig, SETTINGS } from '../../src/config.ts';
import { readArguments } from '../../src/launcher/arguments.ts';
import { ROOT } from '../../src/launcher/place.ts';
import { fillTemplate } from '../../src/launcher/servers/nginx.ts';
import { longestStopMs } from '../../src/stop-time.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('deployment');

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const OPERATIONS = read('docs/operations.md');
const FILES = globSync('deploy/**/*', { cwd: ROOT, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/^\.env$/.test(entry.name) && !entry.parentPath.includes('backups'))
  .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1));
const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((m) => m[1] ?? '')),
];

test('every setting that is named exists', () => {
  const known = new Set<string>(Object.values(SETTINGS).map(({ env }) => env));
  assert.ok(FILES.length >= 9);
  for (const file of [...FILES, 'docs/operations.md']) {
    const named = all(read(file), /\b(ANDON_[A-Z_]*[A-Z]|DATABASE_[A-Z_]+|REDIS_URL|AMQP_URL)\b/g);
    assert.equal(
      named.filter((name) => !known.has(name)),
      [],
      file,
    );
  }
});

test('every command that is named is understood', () => {
  const texts = ['docs/operations.md', 'deploy/README.md', 'README.md'].map(read).join('\n');
  const lines = [
    ...all(texts, /^(?:[A-Z_]+=\S+ )*\.\/andon ([^#|\n`(]+?)\s*(?:#.*)?$/gm),
    ...all(texts, /run --rm admin ([^\n`]+)$/gm),
    ...all(OPERATIONS, /`\.\/andon ([^`]+)`/g),
    ...all(OPERATIONS, /`((?:users|keys) [^`]+)`/g),
  ];
  assert.ok(lines.length > 15, lines.join('\n'));
  const example: Readonly<Record<string, string>> = { ID: '00000000-0000-4000-8000-000000000000', N: '2', P: 'Acme' };
  for (const line of lines) {
    if (/^users add$|^keys add$/.test(line)) continue; // with flags that are told elsewhere
    const words = (line.match(/'[^']*'|\S+/g) ?? []).map((word) => example[word] ?? word.replaceAll("'", ''));
    assert.not.throws(() => readArguments(words), undefined, line);
  }
});

test('every file that is named is there', () => {
  for (const doc of ['docs/operations.md', 'deploy/README.md'])
    for (const link of all(read(doc), /\]\(([^)#]+)[^)]*\)/g))
      assert.ok(existsSync(join(ROOT, doc, '..', link)), `${doc}: ${link}`);
  for (const [, from = ''] of read('deploy/Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm))
    for (const path of from.split(' ')) assert.ok(existsSync(join(ROOT, path)), `COPY ${path}`);
  for (const file of FILES)
    for (const path of all(read(file), /\b((?:src|deploy|web)\/[\w./-]+\.(?:ts|conf|yaml|example))\b/g))
      assert.ok(existsSync(join(ROOT, path)), `${file}: ${path}`);
});

test('the image has every folder that a process reads', () => {
  const copied = all(
    read('deploy/Dockerfile')
      .split(/^FROM /m)
      .at(-1) ?? '',
    /^COPY (?:--from=\S+ )?(?:\S+) (\S+)$/gm,
  );
  for (const folder of ['node_modules', 'dist/web', 'migrations', 'tariffs', 'actors', 'gateways', 'src'])
    assert.ok(copied.includes(folder), folder);
  assert.match(read('deploy/Dockerfile'), /^USER andon$/m);
  for (const entry of ['.andon*', 'node_modules', 'deploy/.env'])
    assert.ok(read('deploy/Dockerfile.dockerignore').split('\n').includes(entry), entry);
});

test('containers fill the template of nginx as it wants to be filled', () => {
  const values = [...read('deploy/compose.yaml').matchAll(/-e 's\|@([a-z_]+)@\|([^|]*)\|g?'/g)];
  const filled = fillTemplate(
    read('deploy/nginx.conf'),
    Object.fromEntries(values.map(([, name = '', value = '']) => [name, value])),
  );
  assert.match(filled, /server web:8080/);
});

test('units of systemd start what there is, as nobody special', () => {
  const units = FILES.filter((file) => file.endsWith('.service'));
  assert.is(units.length, 4);
  for (const unit of units) {
    const text = read(unit);
    const [entry = '', type = ''] = /^ExecStart=\S+ (\S+) (\S+)$/m.exec(text)?.slice(1) ?? [];
    assert.ok(existsSync(join(ROOT, entry)), unit);
    if (entry === 'src/main.ts') assert.match(type, /^(web|worker|keeper)$/);
    else assert.not.throws(() => readArguments([type]));
    for (const line of ['User=andon', 'NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet='])
      assert.ok(text.split('\n').includes(line), `${unit}: ${line}`);
    // V8 makes code while it runs.
    assert.not.match(text, 'MemoryDenyWriteExecute');
  }
  const wanted = all(read('deploy/systemd/andon.target'), /(andon-\w+@)\d+\.service/g);
  for (const name of wanted) assert.ok(units.includes(`deploy/systemd/${name}.service`), name);
});

test('nobody is killed before it had its time to stop', () => {
  const config = readConfig({ ANDON_SECRET: 'x'.repeat(32), ANDON_TOKEN_KEY: 'key' });
  const compose = read('deploy/compose.yaml');
  for (const type of ['web', 'worker', 'keeper']) {
    const longest = longestStopMs(type, config) / 1_000;
    const unit = /^TimeoutStopSec=(\d+)s$/m.exec(read(`deploy/systemd/andon-${type}@.service`));
    const container = new RegExp(`src/main.ts, ${type}\\]\\n(?: +#.*\\n)? +stop_grace_period: (\\d+)s`).exec(compose);
    assert.ok(Number(unit?.[1]) > longest, `${type}: systemd`);
    assert.ok(Number(container?.[1]) > longest, `${type}: compose`);
  }
});

const SOURCES = globSync(['src/**/*.ts', 'gateways/**/*.ts'], { cwd: ROOT }).filter((file) => !/launcher/.test(file));

/** What stands between the parentheses of a call that opens at `from`. */
function argumentsAt(text: string, from: number): string {
  let open = 0;
  for (let n = from; n < text.length; n++) {
    if (text[n] === '(') open++;
    if (text[n] === ')' && --open === 0) return text.slice(from + 1, n);
  }
  return '';
}

/** Functions that write the word they are given: the words stand where they are called. */
const PASSED_ON = [/\b(?:report|alarm)\(\s*'([^']+)'/g, /\btell\(\{ what: '([^']+)'/g];
const PASSES_ON = /(?:\(what(?:: string)?, details(?:: [^)]+)?\)(?:: void)? => \S*|function tell\([\s\S]{0,600})$/;

test('every alarm that the code can raise is explained', () => {
  const codes = new Set<string>(['spooled_missing', 'spooled_damaged']); // made of a word
  const unreadable: string[] = [];
  for (const file of SOURCES) {
    const text = read(file);
    for (const form of PASSED_ON) for (const code of all(text, form)) codes.add(code);
    for (const { index, 0: call } of text.matchAll(/\blog(?:\.(?:warn|error)|\[[^\]]+\])\(/g)) {
      const given = argumentsAt(text, index + call.length - 1);
      const code = /event_type:\s*'([^']+)'/.exec(given)?.[1] ?? /'([^']+)',?\s*$/.exec(given)?.[1];
      if (code !== undefined) codes.add(code);
      else if (!PASSES_ON.test(text.slice(0, index))) unreadable.push(`${file}: ${call}${given})`);
    }
  }
  assert.equal(unreadable, [], 'a word that this test can’t find');
  // Said with a code of its own.
  codes.delete('the content of a model is lost or damaged');
  assert.ok(codes.size > 30, String(codes.size));
  const [, alarms = ''] = OPERATIONS.split('## Alarms');
  const missing = [...codes].filter((code) => !alarms.includes(`\`${code}\``));
  assert.equal(missing, []);
});

test('every figure and word of readiness that is explained exists, and each such word is explained', () => {
  const code = SOURCES.map(read).join('\n');
  for (const figure of all(OPERATIONS, /`(andon_[a-z_]+)[`{]/g)) assert.ok(code.includes(`'${figure}'`), figure);
  const [, table = ''] = /\| `degraded` \|.*?\n\n/s.exec(OPERATIONS)?.[0].split('|---|---|---|') ?? [];
  const words = all(table, /`([a-z_]+)`(?=.*\|.*\|)/g);
  for (const word of [
    'starting',
    'draining',
    'postgres',
    'redis',
    'rabbitmq',
    'redis_evicts',
    'storage',
    'tariffs',
    'sandbox',
  ])
    assert.ok(words.includes(word) || table.includes(`\`${word}\``), word);
});
