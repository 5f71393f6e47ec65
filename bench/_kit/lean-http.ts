/**
 * A lean HTTP/1.1 client: one connection, kept alive, one request at a time. It reads only what the bench needs, so that
 * the generator of the load does not take the processors from what is measured. Not for anything else.
 */
import { connect, type Socket } from 'node:net';

export interface LeanAnswer {
  readonly status: number;
  readonly etag: string | undefined;
  readonly body: string;
  /** Milliseconds from the request until the first byte. */
  readonly firstByteMs: number;
}

const header = (head: string, name: string): string | undefined => {
  const at = head.indexOf(`\r\n${name}: `);
  if (at < 0) return undefined;
  return head.slice(at + name.length + 4, head.indexOf('\r\n', at + 2));
};

export class LeanHttp {
  readonly #socket: Socket;
  readonly #headers: string;
  #received = '';
  #sentAt = 0;
  #firstByteMs = 0;
  #settle: { resolve(answer: LeanAnswer): void; reject(error: Error): void } | undefined;

  private constructor(socket: Socket, headers: string) {
    this.#socket = socket;
    this.#headers = headers;
    socket.setNoDelay(true);
    socket.setEncoding('latin1'); // lengths are of bytes
    socket.on('data', (chunk: string) => this.#take(chunk));
    socket.on('error', (error) => this.#settle?.reject(error));
    socket.on('close', () => this.#settle?.reject(new Error('the connection was closed')));
  }

  static async open(url: string, token?: string): Promise<LeanHttp> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const bearer = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
    return new LeanHttp(socket, `Host: ${hostname}:${port}\r\n${bearer}`);
  }

  get(path: string, headers = ''): Promise<LeanAnswer> {
    return this.#send(`GET ${path} HTTP/1.1\r\n${this.#headers}${headers}\r\n`);
  }

  /** `headers`: whole lines, each with its end. */
  post(path: string, body: string, headers = ''): Promise<LeanAnswer> {
    const type = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    return this.#send(`POST ${path} HTTP/1.1\r\n${this.#headers}${type}${headers}\r\n${body}`);
  }

  close(): void {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #send(request: string): Promise<LeanAnswer> {
    if (this.#settle !== undefined) throw new Error('one request at a time');
    if (this.#socket.destroyed) return Promise.reject(new Error('the connection was closed'));
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#received = '';
      this.#firstByteMs = 0;
      this.#sentAt = performance.now();
      this.#socket.write(request);
    });
  }

  #take(chunk: string): void {
    if (this.#received === '') this.#firstByteMs = performance.now() - this.#sentAt;
    this.#received += chunk;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#received.slice(0, end + 2);
    const status = Number(head.slice(9, 12));
    const length = status === 304 ? 0 : Number(header(head, 'Content-Length') ?? Number.NaN);
    if (Number.isNaN(length)) {
      this.#settle?.reject(new Error(`an answer without length: ${head}`));
      return;
    }
    if (this.#received.length < end + 4 + length) return;
    const settle = this.#settle;
    this.#settle = undefined;
    const body = this.#received.slice(end + 4);
    settle?.resolve({ status, etag: header(head, 'ETag'), body, firstByteMs: this.#firstByteMs });
  }
}
