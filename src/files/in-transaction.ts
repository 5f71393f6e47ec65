/** Several statements that are one: all of them count or, whatever is thrown and whatever connection is lost, none. */
import type { Pool, PoolClient } from 'pg';
import { AndonError, unavailable } from '../errors.ts';
import { verdictOf } from '../log/verdict.ts';

/** What Postgres can't take is a bug of ours; everything else means that it can't be reached. */
export const awayOr = (error: unknown): unknown =>
  error instanceof AndonError || verdictOf(error) === 'data' ? error : unavailable('the database', error);

export async function inTransaction<T>(pool: Pool, act: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw awayOr(error);
  });
  // Lost between two statements it emits an error, which nobody else listens to while it is lent; the next one fails.
  const lost = (): void => undefined;
  client.on('error', lost);
  let broken = false;
  try {
    await client.query('BEGIN');
    const result = await act(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    throw awayOr(error);
  } finally {
    client.off('error', lost);
    client.release(broken);
  }
}
