/**
 * The WebSocket below a connection. Engine.IO hides it: what waits in it, who is told when the network took something,
 * and how to read no more for a while are known here and nowhere else (engine.io 6.6, ws 8; `slow-lines.int.test.ts`).
 */
import type { Socket } from 'socket.io';

/** A connection of Engine.IO; several namespaces may share it. */
export type Conn = Socket['conn'];

interface WebSocket {
  readonly bufferedAmount: number;
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
  terminate(): void;
  readonly _socket?: Stream | null;
}

interface Stream {
  readonly bytesWritten: number;
  readonly writableLength: number;
  /** Node looks at it itself, to see whether a write that takes long is still going on. */
  readonly _handle?: { readonly writeQueueSize: number } | null;
}

interface Hidden {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: {
    readonly socket: WebSocket;
    on(event: 'drain', listener: () => void): void;
    off(event: 'drain', listener: () => void): void;
  };
}

const hidden = (conn: Conn): Hidden => conn as unknown as Hidden;
const isText = (data: unknown): data is { readonly length: number } => typeof data === 'string';

/** Packets not handed to the WebSocket yet. */
export const packetsWaiting = (conn: Conn): number => hidden(conn).writeBuffer.length;

/** What those packets hold: a walk over all of them. */
export const bytesInPackets = (conn: Conn): number =>
  hidden(conn).writeBuffer.reduce((sum, { data }) => sum + (isText(data) ? data.length : 0), 0);

/** Bytes handed to the WebSocket and not taken by the network yet. */
export const bytesUntaken = (conn: Conn): number => hidden(conn).transport.socket.bufferedAmount;

/** Bytes handed to the WebSocket in all its life. */
export const bytesHanded = (conn: Conn): number => hidden(conn).transport.socket._socket?.bytesWritten ?? 0;

/** Looks each time whether the network took anything since the last time. */
export function takingOf(conn: Conn): () => boolean {
  const look = (): { done: number; left: number } => {
    const stream = hidden(conn).transport.socket._socket;
    if (!stream) return { done: 0, left: 0 };
    const { bytesWritten, writableLength, _handle } = stream;
    return { done: bytesWritten - writableLength, left: _handle?.writeQueueSize ?? 0 }; // `left` of the write under way
  };
  let last = look();
  return () => {
    const before = last;
    last = look();
    return last.done > before.done || last.left < before.left;
  };
}

/**
 * Calls back each time the network took all that the WebSocket had been given. Not Engine.IO's own `drain`, which says that
 * packets were *handed* to the WebSocket: after the last one it does not come again. Returns how to stop.
 */
export function whenTaken(conn: Conn, listener: () => void): () => void {
  const { transport } = hidden(conn);
  transport.on('drain', listener);
  return () => transport.off('drain', listener);
}

/** Reads nothing from the client for `ms`: TCP holds the sender back. What is read already is still told. */
export function holdBack(conn: Conn, ms: number): void {
  const { socket } = hidden(conn).transport;
  if (socket.isPaused) return;
  socket.pause();
  setTimeout(() => socket.resume(), ms);
}

/** Ends it at once, with all that waits for it; the client sees a lost connection and may come back. */
export const cut = (conn: Conn): void => hidden(conn).transport.socket.terminate();
