/**
 * One client on one namespace: who it is, what it is sent, whether it can keep up.
 *
 * A slow reader is one for whom more than MOST_BYTES or MOST_PACKETS wait: whoever pushes stops, and goes on once it
 * `whenDrained`; what it asks waits too (backlog.ts). What was sent within one turn of the event loop waits for every
 * reader, so more packets are fine as long as the network has taken all it was given.
 */
import type { Socket } from 'socket.io';
import type { Principal } from '../identity/principal.ts';
import { DrainList } from './drain-list.ts';
import { bytesInPackets, bytesUntaken, cut, holdBack, packetsWaiting, whenTaken } from './wire.ts';

export const MOST_PACKETS = 256;
export const MOST_BYTES = 1024 * 1024;
const MOST_PACKETS_OF_A_TURN = 2_048;
const PACKETS_ALWAYS_FINE = 8;

export class Line {
  readonly #socket: Socket;
  /** Of those who wait; most lines are never slow. */
  #drained: DrainList | undefined;
  /** Of those who wait until what was sent is taken. */
  readonly #taken: (() => void)[] = [];
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
    const { conn } = this.#socket;
    const packets = packetsWaiting(conn);
    const untaken = bytesUntaken(conn);
    if (packets > (untaken > 0 ? MOST_PACKETS : MOST_PACKETS_OF_A_TURN) || untaken > MOST_BYTES) return true;
    if (packets <= PACKETS_ALWAYS_FINE) return false;
    return untaken + bytesInPackets(conn) > MOST_BYTES;
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
    if (!this.open) return;
    if (this.#drained === undefined) {
      const drained = new DrainList(this);
      this.#drained = drained;
      this.#socket.once('disconnect', () => drained.clear());
    }
    this.#drained.add(then);
  }

  /** Calls back once the network took all that was sent so far; not before it takes something. */
  whenTaken(then: () => void): void {
    this.#taken.push(then);
    if (this.#taken.length > 1) return; // one listener, however many wait
    const stop = this.eachTaken(() => {
      stop();
      for (const taken of this.#taken.splice(0)) taken();
    });
  }

  /** Calls back each time the network took all that it had been given. Returns how to stop. */
  eachTaken(listener: () => void): () => void {
    return whenTaken(this.#socket.conn, listener);
  }

  /** Adds it to a room of this node. */
  enter(room: string): void {
    void this.#socket.join(room);
  }

  exit(room: string): void {
    void this.#socket.leave(room);
  }

  /** Reads nothing of this client for `ms`, on no namespace. */
  holdBack(ms: number): void {
    holdBack(this.#socket.conn, ms);
  }

  /** Ends the connection; the client is told, and does not come back by itself. */
  close(): void {
    this.#socket.disconnect(true);
  }

  /** Ends the connection at once, with all that waits for it; to the client it is lost, so it comes back by itself. */
  drop(): void {
    cut(this.#socket.conn);
  }
}
