/** The partners' edge of a web node: who its callers are, how much they may ask, what is answered. */
import type { Core } from '../../src/core.ts';
import { credentialsOf } from '../../src/http/credentials.ts';
import type { KeyGate } from '../../src/http/key-gate.ts';
import { Quota } from '../../src/http/quota.ts';
import type { Route } from '../../src/http/route.ts';
import { digestWith } from '../../src/identity/api-key.ts';
import { KeyHolders } from '../../src/identity/key-holders.ts';
import { openPool } from '../../src/log/connect.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { readEvents, whoHasNews } from '../../src/views/event-store.ts';
import { EventWait } from '../../src/views/event-wait.ts';
import type { PartnerDeps } from './deps.ts';
import { partnerRoutes } from './routes.ts';

export interface Partners {
  readonly gate: KeyGate;
  readonly routes: readonly Route[];
  /** How many requests wait for events. */
  readonly waiting: number;
  /** Answers everybody who waits for events. */
  drain(): void;
  close(): Promise<void>;
}

/** Connections for the event feed: reading it and looking for those who wait. */
const CONNECTIONS = 2;
const ROLE = 'partner';

type Node = Pick<PartnerDeps, 'runtime' | 'hashOf' | 'putContact' | 'putNote' | 'models' | 'rows' | 'listOrders'>;

export function openPartners(core: Core, node: Node): Partners {
  const { config, pool, redis, keys, reader, access, log } = core;
  const feed = openPool({
    ...access,
    name: `${access.name} events`,
    max: CONNECTIONS,
    settings: READ_SETTINGS,
    onError: (error) => log.warn({ error }, 'database connection lost'),
  });
  const holders = new KeyHolders({ pool, digestOf: digestWith(config.secret), role: ROLE });
  const quota = new Quota({
    redis,
    prefix: (name) => keys.quota(name),
    requests: { points: config.partnerRequestsPerSecond, seconds: 1 },
    orders: { points: config.partnerOrdersPerMinute, seconds: 60 },
  });
  const wait = new EventWait({ news: (waiting) => whoHasNews(feed, waiting) });
  return {
    gate: {
      holderOf: (apiKey) => holders.holderOf(apiKey),
      count: (partner, tell) => quota.request(partner, tell),
    },
    routes: partnerRoutes({
      ...node,
      quota,
      holders: (names) => reader.holders(names),
      events: (tenant, after, limit) => readEvents(feed, tenant, after, limit),
      waitForEvents: (tenant, after, ms) => wait.wait(tenant, after, ms),
      stillTaken: (authorization) => holders.holderOf(credentialsOf({ authorization })?.token ?? ''),
    }),
    get waiting() {
      return wait.size;
    },
    drain: () => wait.close(),
    async close() {
      wait.close();
      await feed.end();
    },
  };
}
