/** A web node: REST, sockets and turns. */
import { httpStatusOf } from '../../gateways/contract/problem.ts';
import { openPartners } from '../../gateways/partners/open.ts';
import type { Core } from '../core.ts';
import { createApp } from '../http/app.ts';
import { openPages } from '../http/pages.ts';
import { listen } from '../http/server.ts';
import { Health } from '../telemetry/health.ts';
import { routesOf } from './routes.ts';
import type { Running } from './running.ts';
import { socketsOf } from './sockets.ts';
import { openNode } from './web-node.ts';

export async function web(core: Core): Promise<Running> {
  const { config, log, counters } = core;
  const node = await openNode(core);
  const health = new Health({ ...core, degraded: node.degraded });
  const partners = openPartners(core, node);
  const app = createApp({
    ...node.caller,
    keys: partners.gate,
    routes: [...routesOf(core, node, health), ...partners.routes],
    statusOf: httpStatusOf,
    pages: await openPages(config.pagesDir),
    log,
    answered: (route, method, status) =>
      counters.count('andon_requests_total', { route, method, status: String(status) }),
  });
  const listening = await listen(app.callback(), { host: config.host, port: config.port });
  const sockets = socketsOf(core, node, listening.server);
  counters.gauge('andon_sockets', 'Open sockets of this node.', () => sockets.size);
  health.starting = false;
  return {
    health,
    async stop(everything) {
      health.draining = true;
      partners.drain();
      node.presence.drain();
      await sockets.drain(everything ? config.drainMs * 0.4 : config.drainSpreadMs, config.drainMs * 0.1);
      await sockets.close();
      await listening.close(config.drainMs / 2);
      node.presence.close();
      node.revocations.close();
      await partners.close();
      await node.lists.end();
      await node.contact.close();
    },
  };
}
