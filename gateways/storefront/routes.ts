/** The REST routes for buyers, and those on orders for everybody. */
import type { Route } from '../../src/http/route.ts';
import { catalogRoutes } from './catalog.ts';
import type { StorefrontDeps } from './deps.ts';
import { modelRoutes } from './models.ts';
import { orderCommandRoutes } from './order-commands.ts';
import { orderReadRoutes } from './order-reads.ts';
import { sessionRoutes } from './sessions.ts';
import { shareRoutes } from './shares.ts';

export type { StorefrontDeps };

export const storefrontRoutes = (deps: StorefrontDeps): Route[] => [
  ...sessionRoutes(deps),
  ...catalogRoutes(deps),
  ...modelRoutes(deps),
  ...orderReadRoutes(deps),
  ...shareRoutes(deps),
  ...orderCommandRoutes(deps),
];
