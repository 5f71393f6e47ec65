import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { checkImports } from './check-imports.ts';
import { importsOf } from './imports.ts';
import { spec } from './spec.ts';

type Tree = Readonly<Record<string, string>>;

/** Checks a small repository of these files. */
const inTree = spec<(tree: Tree) => string[]>('import rules', async (lend) => {
  const root = mkdtempSync(join(tmpdir(), 'andon-imports-'));
  try {
    await lend((tree) => {
      for (const [path, text] of Object.entries(tree)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      return checkImports(root);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

const FILES: Tree = {
  'actors/order/a.ts': 'export const a = 1;',
  'gateways/contract/c.ts': 'export const c = 1;',
  'gateways/mes/m.ts': 'export const m = 1;',
  'src/runtime/actor.ts': 'export type T = 1;',
  'src/log/l.ts': 'export const l = 1;',
  'src/main.ts': '',
  'test/_kit/spec.ts': "import { suite } from 'uvu';\nexport const spec = suite;",
};

inTree('let through what points inwards', (check) => {
  const faults = check({
    ...FILES,
    'actors/order/b.ts': `
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { T } from '../../src/runtime/actor.ts';
import { a } from './a.ts';`,
    'gateways/contract/d.ts': "import { a } from '../../actors/order/a.ts';\nimport Type from 'typebox';",
    'gateways/mes/routes.ts': `
import { a } from '../../actors/order/a.ts';
import { l } from '../../src/log/l.ts';
import { c } from '../contract/c.ts';
import { m } from './m.ts';`,
    'src/main.ts': "import { a } from '../actors/order/a.ts';\nimport { m } from '../gateways/mes/m.ts';",
    'web/board/p.tsx':
      "import { c } from '../../gateways/contract/c.ts';\nimport { h } from 'preact';\nimport './p.css';",
    'web/board/p.css': '',
    'test/mes/m.test.ts': "import * as assert from 'uvu/assert';\nimport { m } from '../../gateways/mes/m.ts';",
  });
  assert.equal(faults, []);
});

/** [what is broken, file, its text, what the check says of it] */
const BROKEN: readonly (readonly [string, string, string, string])[] = [
  [
    'actors import the machine',
    'actors/order/b.ts',
    "import { l } from '../../src/log/l.ts';",
    'may not import this file',
  ],
  ['actors import an edge', 'actors/order/b.ts', "import { c } from '../../gateways/contract/c.ts';", 'actors may not'],
  ['actors import a package', 'actors/order/b.ts', "import pg from 'pg';", 'actors may not import this package'],
  ['actors import from node', 'actors/b.ts', "import { join } from 'node:path';", 'actors may not import this package'],
  ['actor.ts imports', 'src/runtime/actor.ts', "import type { l } from '../log/l.ts';", 'src/runtime/actor.ts may not'],
  ['the machine imports an actor', 'src/x.ts', "import type { a } from '../actors/order/a.ts';", 'src may not'],
  ['the machine imports an edge', 'src/x.ts', "import { c } from '../gateways/contract/c.ts';", 'src may not'],
  ['the machine imports a test', 'src/x.ts', "import { spec } from '../test/_kit/spec.ts';", 'src may not'],
  ['the machine imports its main', 'src/x.ts', "import './main.ts';", 'src may not import this file'],
  ['an edge imports another', 'gateways/crm/r.ts', "import { m } from '../mes/m.ts';", 'gateways/crm may not'],
  ['an edge exports another', 'gateways/crm/r.ts', "export { m } from '../mes/m.ts';", 'gateways/crm may not'],
  [
    'an edge loads another later',
    'gateways/crm/r.ts',
    "const m = await import('../mes/m.ts');",
    'gateways/crm may not',
  ],
  ['the contract imports from node', 'gateways/contract/d.ts', "import 'node:fs';", 'gateways/contract may not'],
  ['the contract imports the machine', 'gateways/contract/d.ts', "import '../../src/log/l.ts';", 'contract may not'],
  ['a page imports an actor', 'web/shop/p.tsx', "import { a } from '../../actors/order/a.ts';", 'web may not'],
  ['a page imports the machine', 'web/shop/p.ts', "import { l } from '../../src/log/l.ts';", 'web may not'],
  ['a test uses uvu itself', 'test/x.test.ts', "import { test } from 'uvu';", 'test may not import this package'],
  ['a .js file is named', 'src/x.ts', "import { l } from './log/l.js';", 'names the .ts file, not a .js file'],
  ['no extension is given', 'src/x.ts', "import { l } from './log/l';", 'there is no such file'],
  ['a folder is imported', 'src/x.ts', "import { l } from './log';", 'names the file with its extension'],
  ['a source lies outside the parts', 'gateways/x.ts', 'export const x = 1;', 'belongs to no part'],
  [
    'a long import breaks a rule',
    'actors/order/b.ts',
    "import {\n  one,\n  type Two,\n} from '../../src/log/l.ts';",
    'actors may not import this file',
  ],
];

for (const [title, file, text, says] of BROKEN)
  inTree(`tell when ${title}`, (check) => {
    const faults = check({ ...FILES, [file]: text });
    assert.is(faults.length, 1, faults.join('\n'));
    assert.ok(faults[0]!.startsWith(`${file}: `), faults[0]);
    assert.match(faults[0]!, says);
  });

inTree('tell a cycle once, and let types go round', (check) => {
  const faults = check({
    'src/a.ts': "import { b } from './b.ts';",
    'src/b.ts': "import { c } from './c.ts';\nimport { d } from './d.ts';",
    'src/c.ts': "import { a } from './a.ts';",
    'src/d.ts': "import type { b } from './b.ts';",
  });
  assert.equal(faults, ['import cycle: src/a.ts → src/b.ts → src/c.ts → src/a.ts']);
});

const reading = spec('reading imports');

reading('tells types from values and skips comments', () => {
  const text = `
/** import { no } from './no.ts'; */
// import { no } from './no.ts';
import type { A } from './a.ts';
import { type B, type C } from './b.ts';
import { type D, d } from './d.ts';
export * from './e.ts';
export type { F } from './f.ts';
export const words = "nothing from './no.ts'";
const later = () => import('./g.ts');`;
  assert.equal(
    importsOf(text).map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? ' type' : ''}`),
    ['./a.ts type', './b.ts type', './d.ts', './e.ts', './f.ts type', './g.ts'],
  );
});

const repository = spec('this repository');

repository('breaks no import rule', () => {
  assert.equal(checkImports(fileURLToPath(new URL('../..', import.meta.url))), []);
});
