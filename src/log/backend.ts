/**
 * A session of Postgres that we lost sight of: its last statement may still run, and commit, long after we have gone.
 * Ending it, and waiting until it is gone, is the only way to know that nothing of it comes any more.
 */
import { Socket } from 'node:net';
import pg from 'pg';
import { type Access, clientConfig } from './connect.ts';
import { type Queryable, statement } from './statement.ts';

/** `started` tells it from a later session that got the same pid. */
export interface Backend {
  readonly pid: number;
  readonly started: string;
}

const who = statement<Backend>(import.meta.url, 'sql/backend');
const end = statement<{ ended: boolean }>(import.meta.url, 'sql/end-backend');

/** Longest wait for one session to go, milliseconds. */
const WAIT_MS = 1_000;
/** Longest time for all of it: on a dead line no answer ever comes, milliseconds. */
const SILENCE_MS = 3_000;

/** Works only before SET ROLE. */
export async function thisBackend(client: Queryable): Promise<Backend> {
  const [backend] = await who.run(client);
  if (backend === undefined) throw new Error('a session without a row in pg_stat_activity');
  return backend;
}

/**
 * Returns those that may still be there. On a short connection as the login itself: a session may be ended by its own
 * login (pg_terminate_backend), not by the role that it works as. Throws what connecting throws.
 */
export async function endBackends(access: Access, backends: readonly Backend[]): Promise<Backend[]> {
  const socket = new Socket();
  const login = { ...access, role: undefined, name: `${access.name} ending` };
  const client = new pg.Client({ ...clientConfig(login), stream: () => socket });
  client.on('error', () => undefined); // also rejects the query that runs
  const limit = setTimeout(() => socket.destroy(), SILENCE_MS);
  try {
    await client.connect();
    const left: Backend[] = [];
    for (const backend of backends) {
      const [answer] = await end.run(client, [backend.pid, backend.started, WAIT_MS]).catch(() => []);
      if (answer?.ended !== true) left.push(backend);
    }
    return left;
  } finally {
    await client.end();
    clearTimeout(limit);
  }
}
