/** How styles are built: `web/build/one-style-sheet.ts`, on two small pages. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { build } from 'vite';
import { oneStyleSheet } from '../../web/build/one-style-sheet.ts';
import { spec } from '../_kit/spec.ts';

const test = spec<string>('styles', async (lend) => {
  const root = await mkdtemp(join(tmpdir(), 'andon-styles-'));
  try {
    await lend(root);
  } finally {
    await rm(root, { recursive: true });
  }
});

const FILES: Readonly<Record<string, string>> = {
  'general.css': '.btn { color: red }',
  'particular.css': '.btn { color: blue }',
  'other.css': '.btn { color: green }',
};
const page = (own: string): string =>
  `<html><head>${['general', own].map((name) => `<link rel="stylesheet" href="./${name}.css" />`).join('\n')}</head></html>`;

test('a page loads one sheet, where its own rules stand after those that it shares', async (root) => {
  const pages = { 'one.html': page('particular'), 'two.html': page('other') };
  for (const [name, text] of Object.entries({ ...FILES, ...pages })) await writeFile(join(root, name), text);
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [oneStyleSheet()],
    build: { rolldownOptions: { input: Object.keys(pages).map((name) => join(root, name)) } },
  });
  const built = await readFile(join(root, 'dist/one.html'), 'utf8');
  const [sheet, ...others] = [...built.matchAll(/rel="stylesheet"[^>]* href="\/([^"]+)"/g)].map(([, path]) => path);
  assert.equal(others, []);
  const winner = await readFile(join(root, 'dist', sheet ?? ''), 'utf8');
  assert.is(winner.trim(), '.btn{color:#00f}', 'the minifier keeps of two rules the later one');
  assert.is((await readdir(join(root, 'dist/assets'))).length, 2);
});
