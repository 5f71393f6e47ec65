import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import { type Check, readJsonDir } from '../../src/files/json-dir.ts';
import { spec } from '../_kit/spec.ts';
import { withFolder } from './temp-folder.ts';

const test = spec('a folder of JSON files', withFolder);

const numbers: Check<number> = (json) =>
  typeof json === 'number' ? { value: json } : { faults: [{ path: '/at', rule: 'must be a number' }] };

test('all files are read in order of their names, each with the hash of its content', async (dir) => {
  await writeFile(join(dir, 'b.json'), '2');
  await writeFile(join(dir, 'a.json'), '1');
  await writeFile(join(dir, 'README.md'), 'not one of them');
  const [a, b, ...more] = await readJsonDir(dir, numbers);
  assert.equal([a?.name, a?.value, b?.name, b?.value, more], ['a', 1, 'b', 2, []]);
  assert.match(a!.version, /^[0-9a-f]{64}$/);
  await writeFile(join(dir, 'a.json'), '1 ');
  const [changed, same] = await readJsonDir(dir, numbers);
  assert.is.not(changed!.version, a!.version);
  assert.is(same!.version, b!.version);
});

test('every fault of every file is told at once', async (dir) => {
  await writeFile(join(dir, 'bad.json'), '"text"');
  await writeFile(join(dir, 'good.json'), '1');
  await writeFile(join(dir, 'torn.json'), '{');
  const error = await readJsonDir(dir, numbers).catch((thrown: unknown) => thrown);
  assert.instance(error, AndonError);
  assert.is((error as AndonError).code, 'bad_files');
  assert.match((error as AndonError).message, /bad\.json \/at must be a number\ntorn\.json \/ is not JSON/);
});

test('an empty or missing folder is a fault', async (dir) => {
  for (const path of [dir, join(dir, 'missing')]) {
    const error = await readJsonDir(path, numbers).catch((thrown: unknown) => thrown);
    assert.is((error as AndonError).code, 'bad_files');
  }
});
