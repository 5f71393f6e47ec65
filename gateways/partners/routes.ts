/** The REST routes for partners, `/v1`. */
import type { Route } from '../../src/http/route.ts';
import { batchRoute } from './batch.ts';
import type { PartnerDeps } from './deps.ts';
import { eventsRoute } from './events.ts';
import { modelRoute } from './models.ts';
import { orderCommandRoutes } from './order-commands.ts';
import { orderReadRoutes } from './order-reads.ts';

export const partnerRoutes = (deps: PartnerDeps): Route[] => [
  modelRoute(deps),
  batchRoute(deps), // before `/v1/orders/:id`
  ...orderCommandRoutes(deps),
  ...orderReadRoutes(deps),
  eventsRoute(deps),
];
