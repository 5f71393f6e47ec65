/**
 * How long the answer to a ping is waited for. Engine.IO gives everybody the same time; but a ping stands behind all that
 * was sent before it, and a board of 400 KB takes a slow line longer than that. So the end is put off
 * - while the network still takes bytes of ours that wait here, and
 * - by the time that all sent since the last answered ping takes at LEAST_BYTES_PER_SECOND: what the kernel or a proxy
 *   has taken waits where we can't see it (2.6 MB on the way to an nginx of the same machine).
 * Who takes nothing is closed then.
 *
 * Engine.IO has no option for it: its `resetPingTimeout`, called with every ping, is replaced (engine.io 6.6;
 * `patience.int.test.ts` sees whether it still is).
 */
import { bytesHanded, type Conn, takingOf } from './wire.ts';

/** Clients of Socket.IO themselves give up when no ping came for 15 s: 400 KB in that time are 27 KB/s. */
const LEAST_BYTES_PER_SECOND = 32 * 1024;
const LONGEST_MS = 60_000;

interface Pinging {
  pingTimeoutTimer: NodeJS.Timeout | null;
  resetPingTimeout(): void;
  onClose(reason: string): void;
}

export interface Patience {
  /** For whom nothing was waiting. */
  readonly pingTimeoutMs: number;
  readonly leastBytesPerSecond?: number;
}

export function bePatient(conn: Conn, { pingTimeoutMs, leastBytesPerSecond = LEAST_BYTES_PER_SECOND }: Patience): void {
  const engine = conn as unknown as Pinging;
  let pinged = 0;
  let answered = 0;
  conn.on('heartbeat', () => {
    answered = pinged;
  });
  engine.resetPingTimeout = () => {
    if (engine.pingTimeoutTimer !== null) clearTimeout(engine.pingTimeoutTimer);
    pinged = bytesHanded(conn);
    const unseenMs = Math.min(LONGEST_MS, ((pinged - answered) / leastBytesPerSecond) * 1_000);
    const end = performance.now() + pingTimeoutMs + unseenMs;
    const isTaking = takingOf(conn);
    const timer = setTimeout(() => {
      const taking = isTaking();
      if (conn.readyState === 'open' && (taking || performance.now() < end)) {
        timer.refresh();
        return;
      }
      engine.onClose('ping timeout');
    }, pingTimeoutMs);
    engine.pingTimeoutTimer = timer;
  };
}
