/**
 * One client on one namespace: who it is, what it is sent, whether it can keep up.
 *
 * A slow reader is one for whom more than MOST_BYTES or MOST_PACKETS wait: whoever pushes stops, and goes on once it
 * `whenDrained`.
 */
import type { Socket } from 'socket.io';
import type { Principal } from '../identity/principal.ts';

export const MOST_PACKETS = 256;
export const MOST_BYTES = 1024 * 1024;
const PACKETS_ALWAYS_FINE = 8;

/** What engine.io keeps to itself: packets not handed to the WebSocket yet, bytes not taken by the network yet. */
interface Buffers {
  readonly writeBuffer?: readonly { readonly data?: unknown }[];
  readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } };
}

const isText = (data: unknown): data is { readonly length: number } => typeof data === 'string';

export class Line {
  readonly #socket: Socket;
  /** Changes when the client shows a newer token; undefined = a guest. */
  principal: Principal | undefined;

  constructor(socket: Socket, principal: Principal | undefined) {
    this.#socket = socket;
    this.principal = principal;
  }

  get id(): string {
    return this.#socket.id;
  }

  get open(): boolean {
    return this.#socket.connected;
  }

  get slow(): boolean {
    const { writeBuffer = [], transport } = this.#socket.conn as unknown as Buffers;
    const sent = transport?.socket?.bufferedAmount ?? 0;
    if (writeBuffer.length > MOST_PACKETS || sent > MOST_BYTES) return true;
    if (writeBuffer.length <= PACKETS_ALWAYS_FINE) return false;
    const waiting = writeBuffer.reduce((sum, { data }) => sum + (isText(data) ? data.length : 0), sent);
    return waiting > MOST_BYTES;
  }

  send(event: string, message: unknown): void {
    this.#socket.emit(event, message);
  }

  /** Rejects when the client does not acknowledge it within `ms`. */
  async ask(event: string, message: unknown, ms: number): Promise<void> {
    await this.#socket.timeout(ms).emitWithAck(event, message);
  }

  /** Calls back once, when it is not slow any more; never if it closes before. */
  whenDrained(then: () => void): void {
    const { conn } = this.#socket;
    const look = (): void => {
      if (this.slow) conn.once('drain', look);
      else if (this.open) then();
    };
    look();
  }

  /** Adds it to a room of this node. */
  enter(room: string): void {
    void this.#socket.join(room);
  }

  exit(room: string): void {
    void this.#socket.leave(room);
  }

  /** Ends the connection; the client is told, and does not come back by itself. */
  close(): void {
    this.#socket.disconnect(true);
  }
}
