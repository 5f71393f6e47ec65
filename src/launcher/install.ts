/**
 * Gets missing programs with apt. Invariants: only what is missing is installed; no system service is started and none
 * that runs is touched; without the right to install, or without apt, an error `not_installed` says what to type.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AndonError } from '../errors.ts';
import { APT_SCRIPT } from './apt-script.ts';
import { chromium } from './chromium.ts';
import { logFile } from './log-files.ts';
import type { Place } from './place.ts';
import { nginxBinary } from './servers/nginx.ts';
import { postgresBinaries } from './servers/postgres-binaries.ts';
import { rabbitmqBinary } from './servers/rabbitmq-binary.ts';

export type ServerName = 'postgres' | 'redis' | 'rabbitmq' | 'nginx';
/** The last two are for tests only. */
export type Installable = ServerName | 'chromium' | 'curl';

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const KNOWN: Readonly<Record<Installable, { readonly pack: string; isThere(): boolean }>> = {
  postgres: { pack: 'postgresql', isThere: () => postgresBinaries() !== undefined },
  redis: { pack: 'redis-server', isThere: () => onPath('redis-server') },
  rabbitmq: { pack: 'rabbitmq-server', isThere: () => rabbitmqBinary() !== undefined },
  nginx: { pack: 'nginx', isThere: () => nginxBinary() !== undefined },
  // Whoever names a browser wants that one or none.
  chromium: { pack: 'chromium', isThere: () => !!process.env['ANDON_CHROMIUM'] || chromium() !== undefined },
  curl: { pack: 'curl', isThere: () => onPath('curl') },
};

export const missingPackages = (programs: readonly Installable[]): string[] =>
  programs.filter((name) => !KNOWN[name].isThere()).map((name) => KNOWN[name].pack);

/** How to become root without asking anybody: nothing before the command, or `sudo -n`. undefined: there is no way. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return ['sudo', '-n'];
  } catch {
    return undefined;
  }
}

const LIST = new Intl.ListFormat('en');

const hint = (packages: readonly string[], why: string): AndonError => {
  const isStore = packages.some((name) => name === KNOWN.postgres.pack || name === KNOWN.redis.pack);
  return new AndonError(
    'not_installed',
    `${LIST.format(packages)} must be installed first, and ${why}.\n` +
      `On Debian or Ubuntu, as root:  apt-get install ${packages.join(' ')}` +
      (isStore ? '\nOr, for up, use servers you have: set DATABASE_URL and REDIS_URL.' : ''),
    { expose: true, details: { packages } },
  );
};

const WORTH_SAYING = /^(Get:|Unpacking |Setting up |E: |Need to get )/;

/**
 * As below, for `up`: everything but RabbitMQ must be there afterwards. Resolves with what is: without a broker all works,
 * only later.
 */
export async function installServers(
  place: Place,
  needed: readonly ServerName[],
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<readonly ServerName[]> {
  try {
    await installMissing(place, needed, say, stop);
    return needed;
  } catch (error) {
    if (!(error instanceof AndonError && error.code === 'not_installed')) throw error;
    const stores = needed.filter((name) => name !== 'rabbitmq');
    const missing = missingPackages(stores);
    if (missing.length > 0 && stores.length < needed.length) await installMissing(place, stores, say, stop);
    else if (missing.length > 0) throw error;
    say(`going on without RabbitMQ. ${error.message}\nOr set AMQP_URL: to a broker of yours, or to none.`);
    return stores;
  }
}

/** `say` gets a line per step of apt; all of its output goes to the log `apt`. Stopped, it first lets apt end: don't race it. */
export async function installMissing(
  place: Place,
  programs: readonly Installable[],
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<void> {
  const packages = missingPackages(programs);
  if (packages.length === 0) return;
  if (!onPath('apt-get')) throw hint(packages, 'this system has no apt-get');
  const prefix = rootPrefix();
  if (prefix === undefined) throw hint(packages, 'this account may not install (not root, no sudo without a password)');

  say(`installing ${packages.join(', ')} with apt-get (once) ...`);
  const [command = 'sh', ...args] = [...prefix, 'sh', '-c', APT_SCRIPT, 'sh', ...packages];
  // In a session of its own: Ctrl-C in the terminal reaches it only as the SIGTERM below, after which it tidies up.
  // What apt has begun to unpack it finishes, and we wait for it: cut off, it would leave half a package.
  const apt = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const log = createWriteStream(logFile(place, 'apt'), { flags: 'a', mode: 0o600 });
  for (const stream of [apt.stdout, apt.stderr])
    createInterface(stream).on('line', (line) => {
      log.write(`${line}\n`);
      if (WORTH_SAYING.test(line)) say(`  ${line.slice(0, 110)}`);
    });
  const abort = (): void => {
    say('waiting for apt-get to come to an end ...');
    const [kill = 'sh', ...its] = [...prefix, 'sh', '-c', 'kill -TERM "$1"', 'sh', String(apt.pid)];
    execFile(kill, its, () => undefined); // with sudo only root may signal it; failing, we just wait
  };
  stop.addEventListener('abort', abort);
  const code = await new Promise<number>((resolve, reject) => {
    apt.once('error', reject);
    apt.once('close', (exit) => resolve(exit ?? 1));
  });
  stop.removeEventListener('abort', abort);
  log.end();
  if (stop.aborted) throw new AndonError('stopped', 'stopped while installing', { expose: true });
  if (code !== 0) throw hint(packages, `apt-get failed (see ${logFile(place, 'apt')})`);
  const still = missingPackages(programs);
  if (still.length > 0) throw hint(still, 'apt-get did not bring it');
}
