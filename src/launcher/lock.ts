/**
 * Locks of a data folder, one per purpose. An abstract Unix socket: the kernel lets one process bind it and frees it the moment
 * that process ends, however it ends, so there is no stale lock to judge. Only Linux has them; elsewhere nothing is held.
 */
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';

const nameOf = (folder: string, what: string): string =>
  `\0andon-${process.getuid?.() ?? 0}-${createHash('sha256').update(realpathSync(folder)).update(what).digest('hex').slice(0, 32)}`;

/** Gives the lock back when called; undefined: somebody else has it. */
export const lockPath = (folder: string, what: string): Promise<(() => Promise<void>) | undefined> =>
  new Promise((resolve, reject) => {
    if (process.platform !== 'linux') return resolve(async () => undefined);
    const server = createServer((socket) => socket.destroy());
    server.unref();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(nameOf(folder, what), () => resolve(() => new Promise((done) => server.close(() => done()))));
  });
