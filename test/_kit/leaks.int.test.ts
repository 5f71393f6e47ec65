import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { runFile } from './run-file.ts';
import { spec } from './spec.ts';

const test = spec('a leaked pool', undefined, { deadlineMs: 30_000 });

test('makes its test red and is named', async () => {
  const result = await runFile(fileURLToPath(new URL('./fixtures/leaks-a-pool.ts', import.meta.url)), {});
  assert.ok(result.failed > 0);
  assert.match(result.output, /1 leaked database connection.*\n.*andon_web -: select 1/);
});
