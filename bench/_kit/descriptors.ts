/** Open files of processes: each socket is one, at either end. */
import { readdirSync, readFileSync } from 'node:fs';

/** For all that is no client. */
const BESIDE = 500;

export const descriptorsOf = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** Node raises the limit to what `ulimit -Hn` allows by itself. Throws where that is not enough. */
export function needDescriptors(sockets: number): void {
  const limit = Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? Infinity);
  if (limit < sockets + BESIDE)
    throw new Error(
      `${sockets} sockets need ulimit -n ${sockets + BESIDE}, and it is ${limit}: raise it, or take fewer`,
    );
}
