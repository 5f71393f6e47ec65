import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { spec } from './spec.ts';

const ROOT = join(import.meta.dirname, '../..');

const test = spec('the source', undefined, { deadlineMs: 60_000 });

test('holds no file, export or dependency that nothing uses', async () => {
  const { code, said } = await new Promise<{ code: number | string | null | undefined; said: string }>((resolve) => {
    const knip = join(ROOT, 'node_modules/knip/bin/knip.js');
    execFile(process.execPath, [knip], { cwd: ROOT }, (error, out, errors) =>
      resolve({ code: error ? error.code : 0, said: `${out}${errors}` }),
    );
  });
  assert.is(code, 0, said);
});
