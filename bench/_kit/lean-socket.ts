/**
 * A lean Socket.IO client: one WebSocket, one namespace, events with acknowledgements. It masks with zeros, which leaves
 * the bytes as they are, and reads whole text frames only. Not for anything but generating load.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const MASKED = 0x80;
/** Of Engine.IO. */
const PING = '2';
const PONG = '3';

/** FIN, text; masked with 00 00 00 00. */
function frameOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length >= 65_536) throw new Error('too long for a bench');
  const head = length < 126 ? 6 : 8;
  const frame = Buffer.alloc(head + length);
  frame[0] = TEXT;
  frame[1] = MASKED | Math.min(length, 126);
  if (length >= 126) frame.writeUInt16BE(length, 2);
  frame.write(text, head);
  return frame;
}

export class LeanSocket {
  readonly #socket: Socket;
  readonly #namespace: string;
  readonly #waiting = new Map<number, { resolve(answer: string): void; reject(error: Error): void }>();
  #rest: Buffer = Buffer.alloc(0);
  #ids = 0;
  #opened: { resolve(): void; reject(error: Error): void } | undefined;
  #upgraded = false;
  readonly #token: string | undefined;

  private constructor(socket: Socket, namespace: string, token: string | undefined) {
    this.#socket = socket;
    this.#namespace = namespace;
    this.#token = token;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#opened?.reject(error));
    socket.on('close', () => this.#closed());
  }

  /** Resolves when the namespace was joined. */
  static async open(url: string, namespace: string, token?: string): Promise<LeanSocket> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    const lean = new LeanSocket(socket, namespace, token);
    const lines = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ];
    await new Promise<void>((resolve, reject) => {
      lean.#opened = { resolve, reject };
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
    lean.#opened = undefined;
    return lean;
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

  close(): void {
    this.#socket.destroy();
  }

  #closed(): void {
    const error = new Error('the socket was closed');
    this.#opened?.reject(error);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #send(text: string): void {
    this.#socket.write(frameOf(text));
  }

  #take(chunk: Buffer): void {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = this.#upgraded ? this.#frames(data) : this.#answer(data);
  }

  /** The answer to the upgrade, and what came behind it. */
  #answer(data: Buffer): Buffer {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return data;
    this.#upgraded = data.toString('latin1', 0, end).startsWith('HTTP/1.1 101');
    if (!this.#upgraded) this.#opened?.reject(new Error(data.toString('latin1')));
    return this.#frames(data.subarray(end + 4));
  }

  /** Takes whole frames; returns what is left. */
  #frames(data: Buffer): Buffer {
    let at = 0;
    while (data.length - at >= 2) {
      const short = (data[at + 1] ?? 0) & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < head) break;
      const length =
        short < 126 ? short : short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
      if (data.length - at < head + length) break;
      if (data[at] === TEXT) this.#packet(data.toString('utf8', at + head, at + head + length));
      at += head + length;
    }
    return data.subarray(at);
  }

  #packet(text: string): void {
    const body = text.slice(2 + this.#namespace.length + 1);
    if (text === PING) this.#send(PONG);
    else if (text.startsWith('0')) this.#join();
    else if (text.startsWith('40')) this.#opened?.resolve();
    else if (text.startsWith('44')) this.#opened?.reject(new Error(body));
    else if (text.startsWith('43')) this.#acknowledged(body);
    // What is pushed nobody here looks at.
  }

  #join(): void {
    const auth = this.#token === undefined ? {} : { token: this.#token };
    this.#send(`40${this.#namespace},${JSON.stringify(auth)}`);
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
