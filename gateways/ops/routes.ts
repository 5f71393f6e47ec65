/** For those who run it: is the process alive, may it be sent requests, figures, the description of the interface. */
import { createHash } from 'node:crypto';
import { isLoopback } from '../../src/http/address.ts';
import { forbidden } from '../../src/http/fail.ts';
import type { Reply, Route } from '../../src/http/route.ts';
import type { Principal } from '../../src/identity/principal.ts';
import { type HealthReport, readinessOf } from '../../src/telemetry/health.ts';
import { asyncapi } from '../contract/asyncapi.ts';
import { openapi } from '../contract/openapi.ts';
import { readAsyncapi, readLive, readMetrics, readOpenapi, readReady } from '../contract/ops.ts';

export interface OpsDeps {
  readonly version: string;
  health(): HealthReport | Promise<HealthReport>;
  /** Text format of Prometheus. */
  metrics(): string | Promise<string>;
  principalOf(token: string): Promise<Principal>;
}

const json = (content: object): Reply => ({ body: content });

/** Made when somebody asks, for that takes a tenth of a second. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The same for everybody. */
function described(description: object): Reply {
  const content = JSON.stringify(description);
  const version = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  return { shared: 'public, max-age=60', version, text: { type: 'application/json', content } };
}

export function opsRoutes(deps: OpsDeps): Route[] {
  const openapiJson = once(() => described(openapi(deps.version)));
  const asyncapiJson = once(() => described(asyncapi(deps.version)));
  return [
    { endpoint: readLive, handle: async () => json({ ok: true }) },
    {
      endpoint: readReady,
      handle: async () => {
        const readiness = readinessOf(await deps.health());
        return { status: readiness.ready ? 200 : 503, body: readiness };
      },
    },
    {
      endpoint: readMetrics,
      handle: async (call) => {
        if (!isLoopback(call.address)) {
          const token = /^Bearer +(.+)$/i.exec(call.header('authorization') ?? '')?.[1];
          const { roles } = await deps.principalOf(token ?? '');
          if (!roles.includes('engineer')) throw forbidden();
        }
        return { text: { type: 'text/plain; version=0.0.4; charset=utf-8', content: await deps.metrics() } };
      },
    },
    { endpoint: readOpenapi, handle: async () => openapiJson() },
    { endpoint: readAsyncapi, handle: async () => asyncapiJson() },
  ];
}
