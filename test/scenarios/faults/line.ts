/** A socket that comes back by itself, each time at the next node, as a client from outside would write it. */
import { io, type Socket } from 'socket.io-client';

const ANSWER_MS = 5_000;
const AGAIN_MS = 150;

export interface LineOptions {
  readonly nodes: readonly string[];
  readonly namespace: '/mes' | '/storefront';
  readonly token: string | undefined;
  /** Which node first. */
  readonly first: number;
  /** Called with each new socket before anything can come over it, and told when it is open. */
  prepare(socket: Socket): () => void;
}

export class Line {
  readonly #options: LineOptions;
  #socket: Socket | undefined;
  #turn: number;
  #closed = false;
  #again: NodeJS.Timeout | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#turn = options.first;
    this.#connect();
  }

  /** The one that is open now. */
  get socket(): Socket | undefined {
    return this.#socket?.connected ? this.#socket : undefined;
  }

  /** Rejects when no answer came; then the line is given up, as nobody knows what the server still thinks. */
  async ask<T>(event: string, message: object): Promise<T> {
    const { socket } = this;
    if (socket === undefined) throw new Error('no line');
    try {
      return (await socket.timeout(ANSWER_MS).emitWithAck(event, message)) as T;
    } catch (error) {
      if (socket === this.#socket) this.#lost(socket);
      throw error;
    }
  }

  reconnect(): void {
    if (this.#socket) this.#lost(this.#socket);
  }

  /** Breaks without a word, as a cable does; comes back after `ms`. */
  cut(ms: number): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    const { transport } = socket.io.engine as unknown as { transport?: { ws?: { terminate?(): void } } };
    socket.removeAllListeners();
    transport?.ws?.terminate?.();
    this.#lost(socket, ms);
  }

  /** However long it was to be away: it comes back now. */
  comeBack(): void {
    if (this.#socket !== undefined || this.#closed) return;
    clearTimeout(this.#again);
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#socket?.close();
  }

  #connect(): void {
    const { nodes, namespace, token } = this.#options;
    const socket = io(`${nodes[this.#turn++ % nodes.length]}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout: ANSWER_MS,
      auth: { token },
    });
    this.#socket = socket;
    const opened = this.#options.prepare(socket);
    socket.once('connect', opened);
    socket.once('connect_error', () => this.#lost(socket));
    socket.once('disconnect', () => this.#lost(socket));
    // A node that is about to stop says when to come to another.
    socket.once('server:drain', ({ comeBackInMs }: { readonly comeBackInMs: number }) => {
      setTimeout(() => this.#lost(socket, 0), comeBackInMs).unref();
    });
  }

  #lost(socket: Socket, againMs = AGAIN_MS + Math.random() * AGAIN_MS): void {
    if (socket !== this.#socket || this.#closed) return;
    this.#socket = undefined;
    socket.removeAllListeners();
    socket.close();
    this.#again = setTimeout(() => this.#connect(), againMs);
  }
}
