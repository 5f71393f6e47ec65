/** CPU time of this process and of the servers, from the kernel's own accounting. Steadier than rates on a shared machine. */
import { readdirSync, readFileSync } from 'node:fs';

/** Microseconds of CPU since the process began. */
export interface Cpu {
  readonly node: number;
  readonly postgres: number;
  readonly redis: number;
}

/** Linux reports 100 ticks a second (USER_HZ) on all common platforms. */
const TICK_US = 10_000;

interface ProcessTimes {
  readonly parent: number;
  readonly own: number;
  /** Of children that ended and were waited for. */
  readonly reaped: number;
}

function timesOf(pid: number | string): ProcessTimes | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields are counted after the closing bracket of the command name: see proc(5).
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const field = (n: number): number => fields[n] ?? 0;
    return { parent: field(1), own: (field(11) + field(12)) * TICK_US, reaped: (field(13) + field(14)) * TICK_US };
  } catch {
    return undefined;
  }
}

/** A postmaster with all its backends, those that ended too. */
function familyUs(pid: number): number {
  const main = timesOf(pid);
  let sum = (main?.own ?? 0) + (main?.reaped ?? 0);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const times = timesOf(name);
    if (times?.parent === pid) sum += times.own;
  }
  return sum;
}

export function cpuNow(pids: { readonly postgresPid: number; readonly redisPid: number }): Cpu {
  const { user, system } = process.cpuUsage();
  return { node: user + system, postgres: familyUs(pids.postgresPid), redis: timesOf(pids.redisPid)?.own ?? 0 };
}

export const cpuSince = (now: Cpu, before: Cpu): Cpu => ({
  node: now.node - before.node,
  postgres: now.postgres - before.postgres,
  redis: now.redis - before.redis,
});
