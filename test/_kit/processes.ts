/** Processes of a group, read from /proc: a zombie is not alive, though signal 0 still reaches it. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** pid (command) state ppid pgrp …; the command may itself hold blanks and parentheses. */
const STAT = /^\d+ \((?<command>.*)\) (?<state>\S) \d+ (?<group>\d+) /s;

export function livingInGroup(group: number): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const { command = '', ...is } = STAT.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.groups ?? {};
        const alive = Number(is['group']) === group && is['state'] !== 'Z' && is['state'] !== 'X';
        return alive ? [{ pid: Number(name), command }] : [];
      } catch {
        return []; // ended meanwhile
      }
    });
}

/** SIGKILL to a group that we started. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // nobody is left
  }
}
