/**
 * One client that sends as fast as the network takes it, in a process of its own: `node flooder.ts`, told over IPC how.
 * Whoever is closed by the server comes back at once.
 */
import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from '../ask.ts';
import { LeanSocket } from '../lean-socket.ts';

/** `unread`: boards are asked for and never read. */
export type Flood = 'commands' | 'boards' | 'unread';

export interface FloodAsk {
  readonly flood: Flood;
  readonly url: string;
  readonly token: string;
  readonly site: string;
  readonly order: string;
  readonly ms: number;
}

export interface Flooded {
  readonly sent: number;
  /** Times that the server closed it. */
  readonly closed: number;
}

/** Between two looks at the time, and at what came back. */
const AT_A_TIME = 32;

answerParent<FloodAsk>(async ({ flood, url, token, site, order, ms }) => {
  const until = performance.now() + ms;
  let [sent, closed] = [0, 0];
  const next = (line: LeanSocket): Promise<void> =>
    flood === 'commands'
      ? line.shout('command', { order, type: 'set-priority', priority: sent % 4, key: randomUUID() })
      : line.shout('board:open', { site });
  const one = async (): Promise<void> => {
    const line = await LeanSocket.open(url, '/mes', { token });
    // What the network never takes ends with the flood.
    const over = setTimeout(() => line.close(), Math.max(0, until - performance.now()));
    if (flood === 'unread') line.pause();
    while (performance.now() < until && !line.isClosed) {
      await next(line);
      sent += 1;
      if (sent % AT_A_TIME === 0) await setImmediate();
    }
    clearTimeout(over);
    if (performance.now() < until) closed += 1;
    line.close();
  };
  while (performance.now() < until) await one().catch(() => sleep(100));
  return { sent, closed } satisfies Flooded;
});
