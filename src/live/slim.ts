/**
 * Thousands of connections on which nothing happens: each keeps its upgrade request as long as it is open, for joining a
 * namespace. Of some 3 KB only what admission reads is left (engine.io 6.6 and socket.io 4.8 read nothing else of it then).
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';
import type { Conn } from './wire.ts';

const READ = ['origin', 'cookie', 'x-forwarded-for'] as const;

export function slim(conn: Conn): void {
  const { headers, socket } = conn.request;
  const kept = Object.fromEntries(READ.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
  const { remoteAddress } = socket;
  const request = { headers: kept, url: '', socket: { remoteAddress }, connection: {}, _query: {} };
  (conn as { request: IncomingMessage }).request = request as unknown as IncomingMessage;
}

/** The token it came with has been read. */
export function forgetToken(socket: Socket): void {
  socket.handshake.auth = {};
}
