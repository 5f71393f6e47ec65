import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { placeIn } from '../../src/files/hash-folder.ts';
import { contentsDir } from '../../src/launcher/backup-folder.ts';
import { restoreContents } from '../../src/launcher/restore.ts';
import { spec } from '../_kit/spec.ts';
import { withPlace } from './folder.ts';

const test = spec('contents of a restore', withPlace);

test('all come that are whole; a damaged one is left out and named', async ({ data }) => {
  const [backup, target] = [join(data, 'backup'), join(data, 'files')];
  const [whole = '', damaged = '', last = ''] = ['one', 'two', 'three'].map((text) => {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const file = placeIn(contentsDir(backup), sha256);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return sha256;
  });
  writeFileSync(placeIn(contentsDir(backup), damaged), 'twO');
  const said: string[] = [];
  assert.equal(await restoreContents(backup, target, (line) => said.push(line)), [damaged]);
  assert.match(said.join(), '2 copied, 0 were there, 1 damaged in the backup and left out');
  assert.is(readFileSync(placeIn(target, whole), 'utf8'), 'one');
  assert.is(readFileSync(placeIn(target, last), 'utf8'), 'three');
  assert.not.ok(existsSync(placeIn(target, damaged)));
});
