/** One session of the owner of the tables, without time limits. */
import pg from 'pg';

export async function asOwner<T>(adminUrl: string, name: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, application_name: name });
  client.on('error', () => undefined); // a lost connection also rejects the query that runs
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
