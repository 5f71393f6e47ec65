/** Shell examples of the documents, run as they stand against a started product. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import type { Product } from './product.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Where the documents say that Andon is. */
const TOLD = 'http://127.0.0.1:8080';
const run = promisify(execFile);

export const documentOf = (file: string): Promise<string> => readFile(join(ROOT, file), 'utf8');

/** The blocks of a language, in order. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(([, block = '']) => block);

export const firstBlock = (text: string, language: string): string => blocks(text, language)[0] ?? '';

/** Sections by headline of the second level. */
export const sections = (document: string): ReadonlyMap<string, string> =>
  new Map(
    document
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );

async function shell(product: Product, script: string, timeout: number): Promise<string> {
  assert.ok(script.includes(`URL=${TOLD}`), 'it says where Andon is');
  const env = { ...process.env, ANDON_DATA: product.data, ANDON_PORT: new URL(product.url).port };
  const options = { cwd: ROOT, env, timeout, maxBuffer: 1 << 24 };
  return (await run('bash', ['-euo', 'pipefail', '-c', script.replace(TOLD, product.url)], options)).stdout;
}

/** What the first shell block below a headline prints. */
export async function runSteps(product: Product, file: string, headline: string): Promise<string> {
  return shell(product, firstBlock(sections(await documentOf(file)).get(headline) ?? '', 'sh'), 50_000);
}

const MARK = '=== ';

/** All shell blocks of a document, one after the other in one shell: what each section printed. */
export async function runDocument(product: Product, file: string): Promise<ReadonlyMap<string, string>> {
  const parts = [...sections(await documentOf(file))].flatMap(([headline, section]) =>
    blocks(section, 'sh').map((block) => `echo '${MARK}${headline}'\n${block}`),
  );
  const printed = new Map<string, string>();
  for (const part of (await shell(product, parts.join('\n'), 100_000)).split(MARK).slice(1)) {
    const end = part.indexOf('\n');
    const headline = part.slice(0, end);
    printed.set(headline, (printed.get(headline) ?? '') + part.slice(end + 1));
  }
  return printed;
}

export const shows = (stdout: string | undefined, words: readonly string[]): void => {
  for (const word of words) assert.ok(stdout?.includes(word), `${word} in\n${stdout}`);
};
