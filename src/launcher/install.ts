/**
 * Gets missing programs with apt. Invariants: only what is missing is installed; no system service is started and none
 * that runs is touched; without the right to install, or without apt, an error `not_installed` says what to type.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AndonError } from '../errors.ts';
import { chromium } from './chromium.ts';
import { logFile } from './log-files.ts';
import type { Place } from './place.ts';
import { nginxBinary } from './servers/nginx.ts';
import { postgresBinaries } from './servers/postgres-binaries.ts';

export type ServerName = 'postgres' | 'redis' | 'nginx';
/** The last two are for tests only. */
export type Installable = ServerName | 'chromium' | 'curl';

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

const KNOWN: Readonly<Record<Installable, { readonly pack: string; isThere(): boolean }>> = {
  postgres: { pack: 'postgresql', isThere: () => postgresBinaries() !== undefined },
  redis: { pack: 'redis-server', isThere: () => onPath('redis-server') },
  nginx: { pack: 'nginx', isThere: () => nginxBinary() !== undefined },
  chromium: { pack: 'chromium', isThere: () => chromium() !== undefined },
  curl: { pack: 'curl', isThere: () => onPath('curl') },
};

export const missingPackages = (programs: readonly Installable[]): string[] =>
  programs.filter((name) => !KNOWN[name].isThere()).map((name) => KNOWN[name].pack);

/**
 * Run by root. Debian starts what it installs: a policy that forbids it stands while apt works, unless the machine has
 * one of its own, and RUNLEVEL=1 says the same to init scripts. PostgreSQL would also make a cluster of the system's
 * own, and the services would start with the next boot: both are turned off, for what was installed here only.
 */
const SCRIPT = `set -e
policy=/usr/sbin/policy-rc.d; made=
clusters=/etc/postgresql-common/createcluster.conf; kept=
tidy() {
  [ -z "$made" ] || rm -f "$policy"
  [ -z "$kept" ] || mv -f "$clusters.andon" "$clusters"
}
trap tidy EXIT
trap 'exit 143' INT TERM HUP
if [ ! -e "$policy" ]; then
  made=1
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
get() { apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"; }
apt-get update -o DPkg::Lock::Timeout=300
case " $* " in
  *' postgresql '*)
    get postgresql-common
    if [ -f "$clusters" ]; then
      cp -p "$clusters" "$clusters.andon"
      kept=1
      printf '\\ncreate_main_cluster = false\\n' >>"$clusters"
    fi ;;
esac
get "$@"
for package in "$@"; do
  [ ! -e "/etc/init.d/$package" ] || update-rc.d "$package" disable || true
done
`;

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

/** `say` gets a line per step of apt; all of its output goes to the log `apt`. */
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
  const [command = 'sh', ...args] = [...prefix, 'sh', '-c', SCRIPT, 'sh', ...packages];
  // In a session of its own: Ctrl-C in the terminal reaches it only as the SIGTERM below, after which it tidies up.
  const apt = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const log = createWriteStream(logFile(place, 'apt'), { flags: 'a', mode: 0o600 });
  for (const stream of [apt.stdout, apt.stderr])
    createInterface(stream).on('line', (line) => {
      log.write(`${line}\n`);
      if (WORTH_SAYING.test(line)) say(`  ${line.slice(0, 110)}`);
    });
  const abort = (): void => void apt.kill('SIGTERM');
  stop.addEventListener('abort', abort);
  const code = await new Promise<number>((resolve, reject) => {
    apt.once('error', reject);
    apt.once('close', (exit) => resolve(exit ?? 1));
  });
  stop.removeEventListener('abort', abort);
  log.end();
  stop.throwIfAborted();
  if (code !== 0) throw hint(packages, `apt-get failed (see ${logFile(place, 'apt')})`);
  const still = missingPackages(programs);
  if (still.length > 0) throw hint(still, 'apt-get did not bring it');
}
