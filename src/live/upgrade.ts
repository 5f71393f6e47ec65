/**
 * WebSocket upgrades of a node, before anything of Socket.IO sees them: a foreign page gets its 403 here, as does
 * whatever else can't become a socket, each as `application/problem+json`.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem } from '../http/problem.ts';

export interface Upgrades {
  readonly path: string;
  readonly origins: ReadonlySet<string>;
  draining(): boolean;
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const REASONS: Readonly<Record<number, string>> = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' };

function refuse(socket: Duplex, code: string, status: number): void {
  const { headers, body } = problem(code, status);
  const text = JSON.stringify(body);
  const head = {
    ...headers,
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => undefined); // the client may be gone
  socket.end([`HTTP/1.1 ${status} ${REASONS[status]}`, ...lines, '', text].join('\r\n'));
}

/** Returns how to stop. */
export function takeUpgrades(server: Server, { path, origins, draining, accept }: Upgrades): () => void {
  const take = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { origin } = request.headers;
    if (request.url?.startsWith(path) !== true) refuse(socket, 'not_found', 404);
    else if (origin !== undefined && !origins.has(origin)) refuse(socket, 'bad_origin', 403);
    else if (draining()) refuse(socket, 'unavailable', 503);
    else accept(request, socket, head);
  };
  server.on('upgrade', take);
  return () => server.off('upgrade', take);
}
