/** Becomes who it is told to be, tries what a child must not be able to do, and reports on standard error. */
import { readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { getPriority } from 'node:os';

const [, ids] = process.argv.slice(2);
const [uid, gid] = ids?.split(':').map(Number) ?? [];
if (gid !== undefined) process.setgid?.(gid);
if (uid !== undefined) process.setuid?.(uid);

const works = (act: () => unknown): boolean => {
  try {
    act();
    return true;
  } catch {
    return false;
  }
};
const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    connect(port, '127.0.0.1')
      .on('connect', () => resolve(true))
      .on('error', () => resolve(false));
  });

const model = Buffer.alloc(5);
readSync(3, model, 0, 5, 0);
const report = {
  env: process.env,
  uid: process.getuid?.(),
  niceness: getPriority(),
  model: model.toString(),
  reads: works(() => readFileSync('/etc/passwd')),
  writes: works(() => writeFileSync('/tmp/andon-spy', '')),
  network: await connects(Number(model.toString())),
};
writeSync(2, JSON.stringify(report));
process.exit(1);
