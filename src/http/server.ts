/** The listening server of a web node, and how it ends: no new requests, those that run get their time. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AndonError } from '../errors.ts';

export interface WebServer {
  /** For sockets to attach to. */
  readonly server: Server;
  readonly port: number;
  /** Resolves when the last request is answered, or after `ms`. */
  close(ms: number): Promise<void>;
}

/** Longer than the keep-alive of a proxy before it (nginx: 60 s), else it sends into a connection we just closed. */
const KEEP_ALIVE_MS = 75_000;

/** Throws `port_taken`. */
export async function listen(listener: RequestListener, at: { host: string; port: number }): Promise<WebServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: 20_000 }, listener);
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
