/** For those who run it: is the process alive, may it be sent requests, figures, the description of the interface. */
import { createHash } from 'node:crypto';
import { isLoopback } from '../../src/http/address.ts';
import { forbidden } from '../../src/http/fail.ts';
import type { EndpointShape, Reply, Route } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { openapi } from '../contract/openapi.ts';

/** What a node knows of itself and its servers. */
export interface Health {
  readonly starting: boolean;
  readonly draining: boolean;
  readonly postgres: boolean;
  readonly redis: boolean;
  /** What else works less well, in short words. */
  readonly degraded: readonly string[];
}

export interface OpsDeps {
  readonly version: string;
  health(): Health | Promise<Health>;
  /** Text format of Prometheus. */
  metrics(): string | Promise<string>;
  principalOf(token: string): Promise<Principal>;
}

const endpoint = (name: string, path: string): EndpointShape => ({
  name,
  method: 'GET',
  path,
  access: 'anyone',
  status: 200,
});

const json = (content: object): Reply => ({ body: content });

export function opsRoutes(deps: OpsDeps): Route[] {
  const description = JSON.stringify(openapi(deps.version));
  const tag = createHash('sha256').update(description).digest('base64url').slice(0, 22);
  return [
    { endpoint: endpoint('livez', '/livez'), handle: async () => json({ ok: true }) },
    {
      endpoint: endpoint('readyz', '/readyz'),
      handle: async () => {
        const { starting, draining, postgres, redis, degraded } = await deps.health();
        const reasons = [
          ...(starting ? ['starting'] : []),
          ...(draining ? ['draining'] : []),
          ...(postgres ? [] : ['postgres']),
          ...(redis ? [] : ['redis']),
          ...degraded,
        ];
        const ready = !starting && !draining && (postgres || redis);
        return { status: ready ? 200 : 503, body: { ready, degraded: reasons } };
      },
    },
    {
      endpoint: endpoint('metrics', '/metrics'),
      handle: async (call) => {
        if (!isLoopback(call.address)) {
          const token = /^Bearer +(.+)$/i.exec(call.header('authorization') ?? '')?.[1];
          const { roles } = await deps.principalOf(token ?? '');
          if (!roles.includes('engineer')) throw forbidden();
        }
        return { text: { type: 'text/plain; version=0.0.4; charset=utf-8', content: await deps.metrics() } };
      },
    },
    {
      endpoint: endpoint('openapi', '/openapi.json'),
      handle: async () => ({
        shared: 'public, max-age=60',
        version: tag,
        text: { type: 'application/json', content: description },
      }),
    },
  ];
}
