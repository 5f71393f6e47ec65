/** The namespaces of a web node. */

import type { Server } from 'node:http';
import type { JobKind } from '../../actors/jobs.ts';
import { order } from '../../actors/order/order.ts';
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { mesLive } from '../../gateways/mes/live.ts';
import { storefrontLive } from '../../gateways/storefront/live.ts';
import type { Core } from '../core.ts';
import { openSockets, type Sockets } from '../live/socket-server.ts';
import { BoardTail } from '../views/board-tail.ts';
import { placesInQueue } from '../work/pace.ts';
import type { WebNode } from './web-node.ts';

/** While Redis is away boards and orders are looked up in Postgres this often, milliseconds. */
const COLD_MS = 2_000;
/** Watched orders are compared with the log this often, milliseconds. */
const CHECK_MS = 25_000;
/** Who waits for a price is told its place at most this often, milliseconds. */
const PROGRESS_MS = 1_000;
const PRICE: JobKind = 'price';

export function socketsOf({ config, log, reader, redis, keys }: Core, node: WebNode, server: Server): Sockets {
  const versions = (orders: readonly string[]): Promise<readonly number[]> =>
    reader.versions(orders.map((actor) => ({ kind: order.kind, actor })));
  return openSockets({
    ...node.caller,
    server,
    spaces: [
      mesLive({
        ...node,
        tail: (options) => new BoardTail({ redis, keys, ...options }),
        notices: {
          subscriber: redis.dedicated('andon notices', { offlineQueue: false }),
          channel: (to) => keys.you(to),
        },
        frameMs: config.frameMs,
        coldMs: COLD_MS,
      }),
      storefrontLive({
        ...node,
        versions,
        pricePlaces: (orders) => placesInQueue(node.lists, PRICE, orders),
        progressMs: PROGRESS_MS,
        sharesEnded: keys.sharesEnded(),
        channel: (id) => keys.live(order.kind, id),
        subscriber: redis.dedicated('andon orders', { offlineQueue: false }),
        checkMs: CHECK_MS,
        awayCheckMs: COLD_MS,
      }),
    ],
    subscriber: redis.dedicated('andon sessions', { offlineQueue: false }),
    sessionsEnded: keys.sessionsEnded(),
    lookSession: (sid) => node.identity.sessions.look(sid),
    sessionHasEnded: (sid) => node.revocations.has(sid),
    socketsPerUser: config.socketsPerUser,
    socketsPerAddress: config.socketsPerAddress,
    statusOf: httpStatusOf,
    log,
  });
}
