/** The public ports: whether they can be had, told before anything is started. And ports for private servers. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { AndonError } from '../errors.ts';
import type { Place } from './place.ts';
import { isFree } from './servers/ports.ts';

/** undefined: it can be bound; else the system's code, e.g. EADDRINUSE. */
const tryBind = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });

/** Ports of the web nodes themselves: the public one, or those after it when nginx has the public one. */
export const nodePorts = (place: Place, nodes: number): number[] =>
  nodes === 1 ? [place.port] : Array.from({ length: nodes }, (_, i) => place.port + 1 + i);

/** Throws `port_taken` or `port_refused`, naming the port and the setting. */
export async function checkPorts(place: Place, nodes: number): Promise<void> {
  const wanted = new Map(
    nodePorts(place, nodes).map((port, i) => [
      port,
      { host: nodes === 1 ? place.host : '127.0.0.1', use: `web ${i + 1}` },
    ]),
  );
  if (nodes > 1) wanted.set(place.port, { host: place.host, use: 'nginx' });
  for (const [port, { host, use }] of wanted) {
    const fault = port > 65_535 ? 'ERANGE' : await tryBind(host, port);
    if (fault === undefined) continue;
    const why =
      fault === 'EADDRINUSE'
        ? `port ${port} (${use}) is taken by another program`
        : `port ${port} (${use}) on ${host} can't be used: ${fault}`;
    throw new AndonError(
      fault === 'EADDRINUSE' ? 'port_taken' : 'port_refused',
      `${why}. Choose another with ANDON_PORT, e.g. ANDON_PORT=${place.port + 100 > 60_000 ? 8090 : place.port + 100} ./andon up`,
      { expose: true, details: { port } },
    );
  }
}

/**
 * Free ports for private servers, which keep them over restarts: below the range of outgoing connections, so that none
 * is borrowed while its server is down, and none of `avoid`.
 */
export async function privatePorts(count: number, avoid: readonly number[]): Promise<number[]> {
  const found = new Set<number>();
  for (let tries = 0; tries < 1_000 && found.size < count; tries++) {
    const port = randomInt(12_000, 28_000);
    if (!avoid.includes(port) && !found.has(port) && (await isFree(port))) found.add(port);
  }
  if (found.size < count) throw new AndonError('no_port', `no ${count} free ports on this machine`, { expose: true });
  return [...found];
}
