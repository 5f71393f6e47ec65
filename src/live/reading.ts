/**
 * How fast a connection is read, whatever comes over it: messages, acknowledgements, requests to join a namespace. One
 * that sends faster is not read for a moment, so the rest waits at the sender. One that goes on sending while it does not
 * take what it is sent is cut: answers of Socket.IO itself would fill our memory else.
 */
import { bytesUntaken, type Conn, cut, holdBack, packetsWaiting } from './wire.ts';

/** Well below the time that a pong is waited for. Up to 64 KB that were read already still count before it begins. */
export const HELD_MS = 400;
/** Far beyond where a line is slow, when nobody sends it anything any more. Its own, of one turn, are no fault. */
const MOST_WAITING = 1_024;

export function readWithin(conn: Conn, packetsPerSecond: number): void {
  let since = 0;
  let count = 0;
  conn.on('packet', () => {
    const now = performance.now();
    if (now - since >= 1_000) {
      since = now;
      count = 0;
    }
    count += 1;
    if (count > packetsPerSecond) holdBack(conn, HELD_MS);
    if (packetsWaiting(conn) > MOST_WAITING && bytesUntaken(conn) > 0) cut(conn);
  });
}
