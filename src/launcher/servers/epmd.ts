/**
 * Erlang's port mapper for one private RabbitMQ. Without one, a node leaves a daemon behind that nobody ends; ours runs in
 * the node's own session, so that it is ended after the node by whoever ends that session. Its pid stands in a file, for
 * those who run the node in a session of theirs (tests).
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gone, identify, signal } from '../pids.ts';

const pidFile = (dir: string): string => join(dir, 'epmd.pid');

/** Loopback only; nodes that are told so never start one of their own. */
export const epmdEnv = (port: number): Record<string, string> => ({
  ERL_EPMD_PORT: String(port),
  ERL_EPMD_ADDRESS: '127.0.0.1',
  ERL_ZFLAGS: '-start_epmd false',
});

/** Starts the mapper, waits until it answers, and becomes the program given as arguments. */
const SCRIPT = `epmd -address 127.0.0.1 & echo $! >"$0"
until epmd -names >/dev/null 2>&1; do kill -0 $! || exit 1; sleep 0.02; done
exec "$@"`;

/** Arguments of `sh`. */
export const withEpmd = (dir: string, command: string): string[] => {
  rmSync(pidFile(dir), { force: true });
  return ['-c', SCRIPT, pidFile(dir), command];
};

/** After its node has ended. Only a process that began no earlier than the node is the one in the file. */
export async function endEpmd(dir: string): Promise<void> {
  let pid: number;
  try {
    pid = Number.parseInt(readFileSync(pidFile(dir), 'utf8'), 10);
  } catch {
    return; // never started, or ended already
  }
  const who = identify(pid);
  if (who !== undefined && isEpmd(pid)) {
    signal(who, 'SIGKILL');
    await gone(who, 5_000);
  }
  rmSync(pidFile(dir), { force: true });
}

/** The system may have given the pid to somebody else. */
const isEpmd = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'epmd';
  } catch {
    return false;
  }
};
