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

test('the first steps lead from a file to a finished part', async (product) => {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  assert.match(readme, /^```sh\n\.\/andon up .*\n\.\/andon test .*\n```/, 'it begins with the two commands');
  const steps = readme.split('## First steps')[1]?.split('```sh')[1]?.split('```')[0] ?? '';
  assert.ok(steps.includes('URL=http://127.0.0.1:8080'));
  const script = steps.replace('http://127.0.0.1:8080', product.url);
  const env = { ...process.env, ANDON_DATA: product.data, ANDON_PORT: new URL(product.url).port };
  const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], { cwd: ROOT, env, timeout: 50_000 });
  for (const shown of [
    'SUBMITTED',
    'MANUFACTURING_APPROVED',
    'MANUFACTURING_STARTED',
    'MANUFACTURING_COMPLETED',
    'captured',
  ]) {
    assert.ok(stdout.includes(shown), `${shown} in\n${stdout}`);
  }
});
