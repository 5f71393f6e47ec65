/**
 * The process that reads hostile bytes. Started by `measure.ts`: the model is file descriptor 3, the environment is
 * empty, one line of JSON goes to standard output. Arguments: most triangles, then `uid:gid` to become, or nothing.
 */
import { fstatSync, read } from 'node:fs';
import { measureMesh } from './measure-mesh.ts';
import { sayMeasured } from './mesh-facts.ts';
import type { MeshSource } from './mesh-source.ts';

const MODEL = 3;

/** As root: gives its rights up before the first byte is read. Every module is loaded by then. */
function become(ids: string): void {
  const [uid, gid] = ids.split(':').map(Number);
  if (uid === undefined || gid === undefined) throw new Error('uid:gid expected');
  process.setgroups?.([]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}

const source = (bytes: number): MeshSource => ({
  bytes,
  read: (into, at) =>
    new Promise((resolve, reject) => {
      read(MODEL, into, 0, into.length, at, (error, n) => (error ? reject(error) : resolve(n)));
    }),
});

const [most = '0', ids] = process.argv.slice(2);
if (ids !== undefined) become(ids);
// The pipe ends when the worker dies, however it dies: nobody waits for the answer then.
process.stdin.on('end', () => process.exit(3)).resume();
const seen = await measureMesh(source(fstatSync(MODEL).size), Number(most));
process.stdout.write(`${sayMeasured(seen)}\n`, () => process.exit(0));
