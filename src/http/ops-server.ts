/** A small server beside each process for who looks after it: alive, ready, figures. Nothing else, nothing secret. */
import { createServer, type ServerResponse } from 'node:http';
import { AndonError } from '../errors.ts';
import { type HealthReport, readinessOf } from '../telemetry/health.ts';

export interface OpsServerOptions {
  readonly host: string;
  readonly port: number;
  health(): Promise<HealthReport>;
  /** Text format of Prometheus. */
  metrics(): Promise<string>;
}

export interface OpsServer {
  close(): void;
}

function answer(response: ServerResponse, status: number, type: string, content: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(content);
}

const JSON_TYPE = 'application/json';

/** Throws `port_taken`. */
export async function openOpsServer({ host, port, health, metrics }: OpsServerOptions): Promise<OpsServer> {
  const pages: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/livez': async (response) => answer(response, 200, JSON_TYPE, '{"ok":true}'),
    '/readyz': async (response) => {
      const readiness = readinessOf(await health());
      answer(response, readiness.ready ? 200 : 503, JSON_TYPE, JSON.stringify(readiness));
    },
    '/metrics': async (response) => answer(response, 200, 'text/plain; version=0.0.4; charset=utf-8', await metrics()),
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (request.method !== 'GET' || page === undefined) return answer(response, 404, JSON_TYPE, '{"code":"not_found"}');
    page(response).catch(() => answer(response, 500, JSON_TYPE, '{"code":"internal"}'));
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (cause) =>
    reject(new AndonError('port_taken', `ANDON_OPS_PORT ${port} at ${host} can't be used`, { expose: true, cause })),
  );
  server.listen({ host, port, exclusive: true }, resolve);
  await promise;
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
