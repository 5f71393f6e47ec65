/** Runs one test file in this process: `node test/_kit/file.ts <file>`, started by the runner only. */
import { pathToFileURL } from 'node:url';
import { report } from './report.ts';

declare global {
  // uvu's own switches: it then runs nothing by itself, and `exec` runs this queue.
  var UVU_DEFER: number | undefined;
  var UVU_QUEUE: unknown[][] | undefined;
  var UVU_INDEX: number | undefined;
}
globalThis.UVU_DEFER = 1;
globalThis.UVU_QUEUE = [[null]];
globalThis.UVU_INDEX = 0;

const [, , file] = process.argv;
if (file === undefined) throw new Error('which file?');
const { exec } = await import('uvu');
const { queueSpecs } = await import('./spec.ts');
await import(pathToFileURL(file).href);
report({ type: 'registered', tests: queueSpecs() });
await exec();
report({ type: 'done' });
