/** The listening server of a web node, and how it ends: no new requests, those that run get their time. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { AndonError } from '../errors.ts';
import { refuseRaw } from './raw-answer.ts';

export interface WebServer {
  /** For sockets to attach to. */
  readonly server: Server;
  readonly port: number;
  /** Resolves when the last request is answered, or after `ms`. */
  close(ms: number): Promise<void>;
}

/** How long a connection may take to say what it wants, milliseconds. */
export interface Patience {
  /** Until all headers are there. */
  readonly headersTimeout: number;
  /** Until the whole request is there: a large model over a slow line. */
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
}

const PATIENCE: Patience = { headersTimeout: 20_000, requestTimeout: 300_000, connectionsCheckingInterval: 5_000 };
/** Longer than the keep-alive of a proxy before it (nginx: 60 s), else it sends into a connection we just closed. */
const KEEP_ALIVE_MS = 75_000;
const HEADER_BYTES = 16 * 1024;
const MOST_HEADERS = 200;

/** What Node finds wrong before there is a request. */
const REFUSALS: Readonly<Record<string, readonly [code: string, status: number]>> = {
  HPE_HEADER_OVERFLOW: ['too_large', 431],
  ERR_HTTP_REQUEST_TIMEOUT: ['malformed', 408],
};

function refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  refuseRaw(socket, ...(REFUSALS[error.code ?? ''] ?? (['malformed', 400] as const)));
}

/** Throws `port_taken`. */
export async function listen(
  listener: RequestListener,
  at: { host: string; port: number; patience?: Patience },
): Promise<WebServer> {
  const limits = { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: HEADER_BYTES, ...(at.patience ?? PATIENCE) };
  const server = createServer(limits, listener);
  server.maxHeadersCount = MOST_HEADERS;
  server.on('clientError', refuseBroken);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      const text = `port ${at.port} of ${at.host} ${taken ? 'is taken' : `can't be opened: ${cause.message}`}`;
      reject(new AndonError(taken ? 'port_taken' : 'no_port', text, { expose: true, cause }));
    });
    server.listen(at.port, at.host, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    async close(ms) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), ms);
      await closed;
      clearTimeout(timer);
    },
  };
}
