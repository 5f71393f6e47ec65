/** What of other people's work we take in: pinned, unchanged, from one place, running nothing while it is installed. */
import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { verdictOf } from '../_kit/audit.ts';
import { spec } from '../_kit/spec.ts';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json'));
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const { '': root, ...rest } = lock.packages;
const packages = Object.entries(rest);
const namesOf = (some: readonly (readonly [string, Locked])[]): string[] =>
  some.map(([path, { version }]) => `${path} ${version}`);

const test = spec('the supply chain');

test('every package is locked by its hash; only what is for another machine is not', () => {
  assert.ok(packages.length > 100);
  const loose = packages.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity));
  const forOthers = ([path, { optional, os, cpu }]: (typeof packages)[number]): boolean =>
    optional === true && ((os !== undefined && cpu !== undefined) || /wasm|fsevents/.test(path));
  assert.equal(namesOf(loose.filter((one) => !forOthers(one))), []);
});

test('all come from the public registry, none from an address of its own', () => {
  const elsewhere = packages.filter(
    ([, { resolved, link }]) => link || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
  );
  assert.equal(namesOf(elsewhere), []);
});

/** With a reason each. */
const MAY_RUN_AT_INSTALL: readonly string[] = [];

test('none runs anything when it is installed', () => {
  const running = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  assert.equal(namesOf(running.filter(([path]) => !MAY_RUN_AT_INSTALL.includes(path))), []);
});

test('what we ask for is pinned to one version, and locked to that', () => {
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    const asked = manifest[kind] as Record<string, string>;
    for (const [name, version] of Object.entries(asked)) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.is(lock.packages[`node_modules/${name}`]?.version, version, name);
    }
    assert.equal((root as Record<string, unknown>)[kind], asked, kind);
  }
});

const FREE = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'MIT OR Apache-2.0'];
/** In tools that are not shipped. */
const IN_TOOLS = ['MPL-2.0', 'CC-BY-4.0', 'Python-2.0'];
/** Says MIT in a form that npm does not read. */
const READ_BY_HAND = ['node_modules/xmlhttprequest-ssl'];

test('licences are ones that let us ship; stricter for what is not only a tool', () => {
  const strange = packages.filter(
    ([path, { license = '', dev }]) =>
      !FREE.includes(license) && !(dev === true && IN_TOOLS.includes(license)) && !READ_BY_HAND.includes(path),
  );
  assert.equal(
    strange.map(([path, { license }]) => `${path}: ${license}`),
    [],
  );
});

test('each package that we ask for has its reason in docs/dependencies.md', () => {
  const reasons = read('docs/dependencies.md');
  const asked = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.keys(manifest[kind]),
  );
  const silent = asked.filter((name) => !reasons.includes(`\`${name}\``) && !name.startsWith('@types/'));
  assert.equal(silent, []);
});

test('an audit that could not be asked for is never a good one', () => {
  for (const output of ['', 'npm error', '{}', '{"message":"405 Method Not Allowed","statusCode":405}']) {
    const { exit, text } = verdictOf(output);
    assert.is(exit, 2, output);
    assert.ok(text.startsWith('NOT AUDITED'), text);
  }
  const metadata = { dependencies: { total: 7 } };
  assert.is(verdictOf(JSON.stringify({ vulnerabilities: {}, metadata })).exit, 0);
  const hole = { name: 'koa', severity: 'high', range: '<3', via: [{ title: 'a hole' }] };
  const bad = verdictOf(JSON.stringify({ vulnerabilities: { koa: hole }, metadata }));
  assert.is(bad.exit, 1);
  assert.ok(bad.text.includes('koa <3') && bad.text.includes('a hole'));
});
