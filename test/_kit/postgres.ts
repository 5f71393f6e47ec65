/** A Postgres of one's own for tests that kill it: real fsync, real roles, migrated. About a second. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from '../../src/launcher/servers/child.ts';
import { freePort } from '../../src/launcher/servers/ports.ts';
import { startPostgres } from '../../src/launcher/servers/postgres.ts';
import { preparePostgres } from '../../src/launcher/servers/prepare-postgres.ts';
import { migrate } from '../../src/log/migrate.ts';
import { fromRunner, RUN_DIR } from './environment.ts';

export interface OwnPostgres {
  /** As the application. */
  readonly url: string;
  /** As the owner of the tables. */
  readonly adminUrl: string;
  readonly superUrl: string;
  readonly port: number;
  pid(): number;
  /** kill -9 of the postmaster: its backends end by themselves. */
  kill(): Promise<void>;
  /** The postmaster stands still: no new sessions; open ones go on. */
  pause(): void;
  resume(): void;
  /** Ends it, if it runs, and starts it again with its data on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const MIGRATIONS = new URL('../../migrations', import.meta.url).pathname;

export interface OwnPostgresOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Folder of migrations; null = an empty database. */
  readonly migrations?: string | null;
}

export async function ownPostgres(options: OwnPostgresOptions = {}): Promise<OwnPostgres> {
  const dir = await mkdtemp(join(fromRunner(RUN_DIR), 'postgres-'));
  await chmod(dir, 0o711);
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const settings = { shared_buffers: '32MB', ...options.settings };
  const start = (): Promise<Server> => startPostgres({ dir, port, password, settings, ownGroup: false });
  let server = await start();
  const superUrl = server.url;
  const prepared = await preparePostgres({
    superUrl,
    database: 'andon',
    ownerPassword: randomBytes(12).toString('hex'),
    webPassword: randomBytes(12).toString('hex'),
  });
  const migrations = options.migrations === undefined ? MIGRATIONS : options.migrations;
  try {
    if (migrations !== null) await migrate(prepared.adminUrl, migrations);
  } catch (error) {
    await server.stop();
    throw error;
  }
  const stop = (): Promise<void> => {
    server.signal('SIGCONT');
    return server.stop();
  };
  return {
    ...prepared,
    superUrl,
    port,
    pid: () => server.pid,
    kill: () => server.kill(),
    pause: () => server.signal('SIGSTOP'),
    resume: () => server.signal('SIGCONT'),
    async restart() {
      await stop();
      server = await start();
    },
    async close() {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
