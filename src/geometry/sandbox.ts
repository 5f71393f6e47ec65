/**
 * What can be taken from a child on this machine, tried once per process: processor time and core files (prlimit),
 * precedence (nice), the network (a network namespace of its own), root's rights (user nobody). What is not to be had
 * is named in `missing`, for readiness; the limits of memory and time in `measure.ts` do not depend on it.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Sandbox {
  /** The command that a program is to be put behind. */
  wrap(cpuSeconds: number): readonly string[];
  /** `uid:gid` that the child must become, because it starts as root. */
  readonly become: string | undefined;
  readonly missing: readonly string[];
}

const NOBODY = '65534:65534';
const NICENESS = '10';

let found: Promise<Sandbox> | undefined;

export function sandbox(): Promise<Sandbox> {
  found ??= find();
  return found;
}

async function find(): Promise<Sandbox> {
  const root = process.getuid?.() === 0;
  const prlimit = tool('prlimit', ['--core=0']);
  const nice = tool('nice', ['-n', NICENESS]);
  const unshare = tool('unshare', [root ? '-n' : '-rn']);
  const drops = `process.setgroups([]);process.setgid(${NOBODY.split(':')[1]});process.setuid(${NOBODY.split(':')[0]})`;
  const [limited, niced, alone, dropped] = await Promise.all([
    works(prlimit, ['--cpu=60', 'true']),
    works(nice, ['true']),
    works(unshare, ['true']),
    root ? works([process.execPath], ['-e', drops]) : true,
  ]);
  return {
    wrap: (cpuSeconds) => [
      ...(limited ? [...prlimit, `--cpu=${Math.ceil(cpuSeconds)}`] : []),
      ...(niced ? nice : []),
      ...(alone ? unshare : []),
    ],
    become: root && dropped ? NOBODY : undefined,
    missing: [
      ...(limited ? [] : ['prlimit']),
      ...(niced ? [] : ['nice']),
      ...(alone ? [] : ['network namespace']),
      ...(dropped ? [] : ['user nobody']),
    ],
  };
}

/** By absolute path: the child's environment is empty. */
function tool(name: string, args: readonly string[]): readonly string[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/bin', '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    if (folder === '') continue;
    try {
      accessSync(join(folder, name), constants.X_OK);
      return [join(folder, name), ...args];
    } catch {
      // looked for in the next folder
    }
  }
  return [];
}

async function works(command: readonly string[], args: readonly string[]): Promise<boolean> {
  const [program, ...first] = command;
  if (program === undefined) return false;
  const child = spawn(program, [...first, ...args], { env: { PATH: '/usr/bin:/bin' }, stdio: 'ignore' });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}
