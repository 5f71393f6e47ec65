/** One rebuild of a view at a time in all processes. A killed one lets go with its connection. */
import type { Pool } from 'pg';
import { AndonError } from '../errors.ts';
import { statement } from '../log/statement.ts';

const free = statement<{ readonly freed: boolean }>(import.meta.url, 'sql/rebuild-free');
const take = statement<{ readonly taken: boolean }>(import.meta.url, 'sql/rebuild-take');

/** Throws `rebuild_running` while another one works on it. */
export async function alone<T>(pool: Pool, view: string, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const name = `rebuild ${view}`;
  let taken = false;
  try {
    const [line] = await take.run(client, [name]);
    taken = line?.taken === true;
    if (!taken)
      throw new AndonError('rebuild_running', `another rebuild of ${view} is under way`, {
        retry: 'later',
        expose: true,
      });
    return await work();
  } finally {
    // Closing the connection would free it as well, but only a moment later.
    const freed =
      !taken ||
      (await free.run(client, [name]).then(
        ([line]) => line?.freed === true,
        () => false,
      ));
    client.release(!freed);
  }
}
