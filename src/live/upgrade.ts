/**
 * WebSocket upgrades of a node, before anything of Socket.IO sees them: a foreign page gets its 403 here, as does
 * whatever else can't become a socket, each as `application/problem+json`.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { addressOf } from '../http/address.ts';
import { refuseRaw } from '../http/raw-answer.ts';
import { Crowd } from './crowd.ts';

export interface Upgrades {
  readonly path: string;
  readonly origins: ReadonlySet<string>;
  readonly proxies: readonly string[];
  /** Most connections of one address, not on loopback. */
  readonly perAddress: number;
  draining(): boolean;
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Returns how to stop. */
export function takeUpgrades(
  server: Server,
  { path, origins, proxies, perAddress, draining, accept }: Upgrades,
): () => void {
  const crowd = new Crowd(perAddress);
  const take = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const { origin } = request.headers;
    if (request.url?.startsWith(path) !== true) refuseRaw(socket, 'not_found', 404);
    else if (origin !== undefined && !origins.has(origin)) refuseRaw(socket, 'bad_origin', 403);
    else if (draining()) refuseRaw(socket, 'unavailable', 503);
    else if (!crowd.take(addressOf(request, proxies), socket)) refuseRaw(socket, 'too_many', 429);
    else accept(request, socket, head);
  };
  server.on('upgrade', take);
  return () => server.off('upgrade', take);
}
