/** Commands that are programs of their own in the checkout: they get the terminal, our signals, and give their exit code. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { usage } from './arguments.ts';
import type { Place } from './place.ts';

function run(place: Place, file: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], { cwd: place.root, stdio: 'inherit' });
  // Ctrl-C in a terminal reaches the child as well; here it only must not end us before it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => done(code ?? 130));
  });
}

/** File names are the caller's, from where it stands; the runner works in the checkout. */
const fromHere = (place: Place, word: string): string => {
  const file = resolve(word);
  return word.includes('.') && existsSync(file) ? relative(place.root, file) : word;
};

export const runTests = (place: Place, what: readonly string[]): Promise<number> =>
  run(
    place,
    'test/_kit/run.ts',
    what.map((word) => fromHere(place, word)),
  );

export async function runBench(place: Place, [name, ...args]: readonly string[]): Promise<number> {
  const there = readdirSync(join(place.root, 'bench'))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('_'))
    .map((file) => file.slice(0, -'.ts'.length));
  const known = there.length === 0 ? 'there are none yet' : `there are: ${there.join(', ')}`;
  if (name === undefined || !there.includes(name))
    throw usage(name === undefined ? `bench what? ${known}` : `there is no bench "${name}"; ${known}`);
  return run(place, join('bench', `${name}.ts`), args);
}
