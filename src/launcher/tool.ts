/** Commands that are programs of their own in the checkout: they get the terminal, our signals, and give their exit code. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { AndonError } from '../errors.ts';
import { usage } from './arguments.ts';
import { type Installable, installMissing } from './install.ts';
import { makeFolders, type Place } from './place.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function run(place: Place, file: string, args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [file, ...args], { cwd: place.root, stdio: 'inherit' });
  // Ctrl-C in a terminal reaches the child as well; here it only must not end us before it.
  for (const signal of SIGNALS)
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

const SERVERS = ['postgres', 'redis', 'rabbitmq', 'nginx'] as const;

/** What tests of a kind need besides Node, what can't be left out first. */
const NEEDS: Readonly<Record<string, readonly Installable[]>> = {
  unit: [],
  int: SERVERS,
  e2e: [...SERVERS, 'curl'],
  web: [...SERVERS, 'chromium'],
};

export function testNeeds(what: readonly string[]): Installable[] {
  const kinds = what.map((word) =>
    Object.hasOwn(NEEDS, word) ? word : (/\.(int|e2e|web)\.test\.ts$/.exec(word)?.[1] ?? 'unit'),
  );
  return [...new Set((what.length === 0 ? Object.keys(NEEDS) : kinds).flatMap((kind) => NEEDS[kind] ?? []))];
}

/** Where something can't be installed it is said, and the tests that need it say it again. */
async function installFor(place: Place, needs: readonly Installable[], stop: AbortSignal): Promise<void> {
  // Not to be had everywhere: that must not keep the others away.
  const alone: readonly Installable[] = ['rabbitmq', 'chromium'];
  for (const group of [
    needs.filter((name) => !alone.includes(name)),
    ...alone.map((one) => needs.filter((name) => name === one)),
  ])
    try {
      await installMissing(place, group, console.log, stop);
    } catch (error) {
      if (!(error instanceof AndonError && error.code === 'not_installed')) throw error;
      console.error(`andon: ${error.message}`);
    }
}

const ALL_BENCHES = 'all';

export async function runTests(place: Place, what: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  for (const signal of SIGNALS) process.on(signal, abort);
  makeFolders(place);
  await installFor(place, testNeeds(what), stop.signal).catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  for (const signal of SIGNALS) process.off(signal, abort);
  if (stop.signal.aborted) return 130;
  const files = what.map((word) => fromHere(place, word));
  return run(place, 'test/_kit/run.ts', files);
}

/** Nothing named = all of them, shorter. */
export async function runBench(place: Place, [first = ALL_BENCHES, ...rest]: readonly string[]): Promise<number> {
  const [name, args] = first.startsWith('-') ? [ALL_BENCHES, [first, ...rest]] : [first, rest];
  const there = readdirSync(join(place.root, 'bench'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  if (!there.includes(name)) throw usage(`there is no bench "${name}"; there are: ${there.join(', ')}`);
  return run(place, join('bench', `${name}.ts`), args);
}
