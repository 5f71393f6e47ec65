/**
 * A lean Socket.IO client: one WebSocket, one namespace, events with acknowledgements both ways, pushes as bytes: thousands
 * of them fit into one process. Not for anything but generating load.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { frameOf, readFrames } from './lean-frames.ts';

/** Of Engine.IO. */
const [OPEN, PING, MESSAGE] = ['0', '2', '4'].map((sign) => sign.charCodeAt(0));
const PONG = '3';
/** Of Socket.IO, behind MESSAGE. */
const [CONNECTED, EVENT, ACK, REFUSED] = ['0', '2', '3', '4'].map((sign) => sign.charCodeAt(0));
const ARRAY = '['.charCodeAt(0);
/** Who was not let in by then gives up. */
const LATEST_MS = 20_000;

export interface LeanOptions {
  readonly token?: string | undefined;
  /** `["<event>",{...}]`, valid until it returns. */
  pushed?(body: Buffer): void;
  closed?(): void;
}

export class LeanSocket {
  readonly #socket: Socket;
  readonly #namespace: string;
  readonly #options: LeanOptions;
  readonly #waiting = new Map<number, { resolve(answer: string): void; reject(error: Error): void }>();
  #rest: Buffer = Buffer.alloc(0);
  #ids = 0;
  #opened: { resolve(): void; reject(error: Error): void } | undefined;
  #upgraded = false;
  #messages = 0;

  private constructor(socket: Socket, namespace: string, options: LeanOptions) {
    this.#socket = socket;
    this.#namespace = namespace;
    this.#options = options;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#opened?.reject(error));
    socket.on('close', () => this.#closed());
  }

  /** Resolves when the namespace was joined. */
  static async open(url: string, namespace: string, options: LeanOptions = {}): Promise<LeanSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    const lean = new LeanSocket(socket, namespace, options);
    const lines = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ];
    const joined = new Promise<void>((resolve, reject) => {
      lean.#opened = { resolve, reject };
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
    const late = setTimeout(() => socket.destroy(), LATEST_MS);
    await joined
      .catch((error: unknown) => {
        socket.destroy();
        throw error;
      })
      .finally(() => clearTimeout(late));
    lean.#opened = undefined;
    return lean;
  }

  /** Events pushed to it so far. */
  get messages(): number {
    return this.#messages;
  }

  /** Received so far, with all that is around the messages. */
  get bytes(): number {
    return this.#socket.bytesRead;
  }

  /** The acknowledgement, as JSON text. */
  ask(event: string, message: object): Promise<string> {
    const id = this.#ids++;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#waiting.set(id, { resolve, reject });
    if (this.#socket.destroyed) this.#closed();
    this.#send(`42${this.#namespace},${id}${JSON.stringify([event, message])}`);
    return promise;
  }

  /** Asks without listening to the answer; resolves when the network takes more, or never will. */
  async shout(event: string, message: object): Promise<void> {
    this.#send(`42${this.#namespace},${this.#ids++}${JSON.stringify([event, message])}`);
    if (!this.#socket.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.#socket.off('drain', go).off('close', go);
        resolve();
      };
      this.#socket.on('drain', go).on('close', go);
    });
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  /** Reads nothing any more. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }

  #closed(): void {
    const error = new Error('the socket was closed');
    this.#opened?.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    this.#options.closed?.();
  }

  #send(text: string): void {
    this.#socket.write(frameOf(text));
  }

  #take(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = this.#upgraded ? readFrames(data, this.#packet) : this.#answer(data);
  }

  /** The answer to the upgrade, and what came behind it. */
  #answer(data: Buffer): Buffer {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return data;
    this.#upgraded = data.toString('latin1', 0, end).startsWith('HTTP/1.1 101');
    if (!this.#upgraded) this.#opened?.reject(new Error(data.toString('latin1')));
    return readFrames(data.subarray(end + 4), this.#packet);
  }

  readonly #packet = (payload: Buffer): void => {
    const [type, kind] = payload;
    if (type === PING) this.#send(PONG);
    else if (type === OPEN) this.#join();
    else if (type === MESSAGE) this.#message(kind, payload.subarray(2 + this.#namespace.length + 1));
  };

  #message(kind: number | undefined, body: Buffer): void {
    if (kind === EVENT) this.#event(body);
    else if (kind === ACK) this.#acknowledged(body.toString());
    else if (kind === CONNECTED) this.#opened?.resolve();
    else if (kind === REFUSED) this.#opened?.reject(new Error(body.toString()));
  }

  /** `[<event>, ...]`, or with an id before it where an acknowledgement is wanted. */
  #event(body: Buffer): void {
    const json = body[0] === ARRAY ? 0 : body.indexOf(ARRAY);
    if (json > 0) this.#send(`43${this.#namespace},${body.toString('latin1', 0, json)}[]`);
    this.#messages += 1;
    this.#options.pushed?.(json === 0 ? body : body.subarray(json));
  }

  #join(): void {
    const { token } = this.#options;
    this.#send(`40${this.#namespace},${JSON.stringify(token === undefined ? {} : { token })}`);
  }

  /** `<id>[<answer>]` */
  #acknowledged(body: string): void {
    const json = body.indexOf('[');
    const id = Number(body.slice(0, json));
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.resolve(body.slice(json + 1, -1));
  }
}
