import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import { type Product, startProduct } from '../_kit/product.ts';
import { spec } from '../_kit/spec.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

const test = spec<Product>(
  'readme',
  async (lend) => {
    const product = await startProduct();
    try {
      await lend(product);
    } finally {
      await product.close();
    }
  },
  { deadlineMs: 60_000 },
);

/** What the first shell block below a headline prints, run as it stands. */
async function runSteps(product: Product, headline: string): Promise<string> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const steps = readme.split(`## ${headline}\n`)[1]?.split('```sh')[1]?.split('```')[0] ?? '';
  assert.ok(steps.includes('URL=http://127.0.0.1:8080'));
  const script = steps.replace('http://127.0.0.1:8080', product.url);
  const env = { ...process.env, ANDON_DATA: product.data, ANDON_PORT: new URL(product.url).port };
  return (await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: ROOT, env, timeout: 50_000 })).stdout;
}

const shows = (stdout: string, words: readonly string[]): void => {
  for (const word of words) assert.ok(stdout.includes(word), `${word} in\n${stdout}`);
};

test('the first steps lead from a file to a finished part', async (product) => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  assert.match(readme, /^```sh\n\.\/andon up .*\n\.\/andon test .*\n```/, 'it begins with the two commands');
  shows(await runSteps(product, 'First steps'), [
    'SUBMITTED',
    'MANUFACTURING_APPROVED',
    'MANUFACTURING_STARTED',
    'MANUFACTURING_COMPLETED',
    'captured',
  ]);
});

test('the partner’s steps lead from a key to an approved order', async (product) => {
  shows(await runSteps(product, 'For partners'), [
    '201 PO-1',
    '201 PO-2',
    'SUBMITTED',
    'PO-2 created',
    'PO-1 priced',
    'MANUFACTURING_APPROVED',
  ]);
});
