/** CPU time of processes, from the kernel's own accounting. Steadier than rates on a shared machine. */
import { readdirSync, readFileSync } from 'node:fs';

/** Microseconds of CPU since something began, by part. */
export type Cpu = Readonly<Record<string, number>>;
export type Meter = Readonly<Record<string, () => number>>;

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

export const ofThisProcess = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

export const ofProcess = (pid: number) => (): number => timesOf(pid)?.own ?? 0;

export const ofProcesses = (pids: readonly number[]) => (): number =>
  pids.reduce((sum, pid) => sum + (timesOf(pid)?.own ?? 0), 0);

/** A postmaster with all its backends, those that ended too. */
export const ofFamily = (pid: number) => (): number => {
  const main = timesOf(pid);
  let sum = (main?.own ?? 0) + (main?.reaped ?? 0);
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const times = timesOf(name);
    if (times?.parent === pid) sum += times.own;
  }
  return sum;
};

export const cpuNow = (meter: Meter): Cpu =>
  Object.fromEntries(Object.entries(meter).map(([part, used]) => [part, used()]));

/** Microseconds per operation since `before`. */
export function cpuPer(operations: number, meter: Meter, before: Cpu): Cpu {
  const now = cpuNow(meter);
  return Object.fromEntries(
    Object.entries(now).map(([part, used]) => [part, (used - (before[part] ?? 0)) / Math.max(1, operations)]),
  );
}
