/** Every REST route of a web node. */
import { floorRoutes } from '../../gateways/mes/routes.ts';
import { flowRoutes } from '../../gateways/ops/flow-routes.ts';
import { jobRoutes } from '../../gateways/ops/job-routes.ts';
import { opsRoutes } from '../../gateways/ops/routes.ts';
import { userRoutes } from '../../gateways/ops/user-routes.ts';
import { storefrontRoutes } from '../../gateways/storefront/routes.ts';
import type { Core } from '../core.ts';
import type { Route } from '../http/route.ts';
import { listOperators } from '../identity/users.ts';
import type { Health } from '../telemetry/health.ts';
import { VERSION } from '../version.ts';
import { figuresOf } from './figures.ts';
import type { WebNode } from './web-node.ts';

export function routesOf(core: Core, node: WebNode, health: Health): readonly Route[] {
  const { config, pool, log } = core;
  const figures = figuresOf(core, node);
  const audit = (what: string, details: object): void => log.info({ event_type: what, ...details }, what);
  return [
    ...storefrontRoutes({
      ...node,
      origins: node.caller.origins,
      uploadBytes: config.uploadBytes,
      signUp: { open: config.signup, perMinute: config.signUpsPerMinute },
    }),
    ...floorRoutes({ ...node, listOperators: (ask) => listOperators(pool, ask) }),
    ...flowRoutes(node),
    ...jobRoutes({ pool: node.lists, audit }),
    ...userRoutes({
      pool,
      secret: config.secret,
      sites: node.sites,
      send: (envelope) => node.runtime.send(envelope),
      hashOf: node.hashOf,
      endSessions: (user) => node.identity.sessions.revokeAllOf(user),
      audit,
    }),
    ...opsRoutes({
      version: VERSION,
      health: () => health.report(),
      metrics: () => figures(),
      principalOf: node.caller.principalOf,
    }),
  ];
}
