/**
 * Processes by pid *and* start time. Invariant: a signal only ever goes to the very process that was meant; a pid that
 * the system gave to somebody else is never touched. Everything we start leads a session of its own, so what a dead
 * one left behind (nginx's workers, a price's child) is found by session.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Identity {
  readonly pid: number;
  /** Clock ticks since boot as text; elsewhere than on Linux what ps prints. */
  readonly started: string;
}

interface Stat extends Identity {
  readonly session: number;
  readonly zombie: boolean;
}

/** Fields of /proc/<pid>/stat; the name in parentheses may itself hold blanks and parentheses. */
export function parseStat(text: string): Stat | undefined {
  const pid = Number.parseInt(text, 10);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, session, started] = [fields[0], Number(fields[3]), fields[19]];
  if (Number.isNaN(pid) || state === undefined || started === undefined) return undefined;
  return { pid, started, session, zombie: state === 'Z' || state === 'X' };
}

function stat(pid: number): Stat | undefined {
  try {
    if (process.platform === 'linux') return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
    return started === '' ? undefined : { pid, started, session: 0, zombie: false };
  } catch {
    return undefined;
  }
}

/** A boot's id: start times of another boot mean nothing. */
export const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
};

/** undefined: there is no such process (a zombie is none). */
export function identify(pid: number): Identity | undefined {
  const found = stat(pid);
  return found === undefined || found.zombie ? undefined : { pid, started: found.started };
}

export const isAlive = (who: Identity): boolean => identify(who.pid)?.started === who.started;

/** Living members of the session that `leader` leads or led, without itself. */
export function sessionOf(leader: Identity): Identity[] {
  if (process.platform !== 'linux') return [];
  // The kernel gives a pid away again only when no session has its number: another leader means ours is all gone.
  const now = stat(leader.pid);
  if (now !== undefined && now.started !== leader.started) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => stat(Number(name)) ?? [])
    .filter((at) => at.session === leader.pid && at.pid !== leader.pid && !at.zombie)
    .filter((at) => Number(at.started) >= Number(leader.started))
    .map(({ pid, started }) => ({ pid, started }));
}

export function signal(who: Identity, which: NodeJS.Signals): void {
  if (!isAlive(who)) return;
  try {
    process.kill(who.pid, which);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Whether it ended within `ms`. */
export async function gone(who: Identity, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; isAlive(who); await sleep(20)) if (Date.now() > end) return false;
  return true;
}

/** SIGKILL for what is left of a session. */
export function endSession(leader: Identity): void {
  for (const member of sessionOf(leader)) signal(member, 'SIGKILL');
}

/** Ends one process: asked first, forced after `graceMs`; then what it left behind. Resolves when all are gone. */
export async function end(who: Identity, graceMs: number, asking: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const members = sessionOf(who);
  signal(who, asking);
  if (!(await gone(who, graceMs))) signal(who, 'SIGKILL');
  await gone(who, 10_000);
  endSession(who);
  await Promise.all([...members, ...sessionOf(who)].map((member) => gone(member, 10_000)));
}
