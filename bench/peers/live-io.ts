/** What nodes and writers of the plain peer have in common: Socket.IO over Redis with the sharded adapter, and its rooms. */
import type { Server as HttpServer } from 'node:http';
import { createShardedAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { type Namespace, Server } from 'socket.io';

export const boardRoom = (site: string): string => `board:${site}`;
export const orderRoom = (order: string): string => `order:${order}`;

/** Without a server it only emits to the sockets of others. */
export function liveNamespace(redisUrl: string, server?: HttpServer): Namespace {
  const redis = new Redis(redisUrl);
  const io = new Server(server, {
    transports: ['websocket'],
    serveClient: false,
    pingInterval: 10_000,
    pingTimeout: 5_000,
    adapter: createShardedAdapter(redis, redis.duplicate(), { subscriptionMode: 'dynamic' }),
  });
  return io.of('/live');
}
