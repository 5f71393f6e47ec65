import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { LANE } from './environment.ts';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** Below the range of outgoing connections, above what the launcher chooses from for private servers. */
const LOWEST = 28_000;
const PER_LANE = 2_300;

/** The first of `count` free ports in a row on the loopback address; no other file of the run is given them. */
export async function freePortRun(count: number): Promise<number> {
  const lowest = LOWEST + PER_LANE * Number(process.env[LANE] ?? 0);
  for (let tries = 0; tries < 100; tries++) {
    const first = randomInt(lowest, lowest + PER_LANE - count);
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`no ${count} free ports in a row`);
}
