/** What the kernel says a process occupies, bytes. */
import { readFileSync } from 'node:fs';

const KIB = 2 ** 10;

export const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * KIB;
