import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { putNote, putPerson, sweepUnnamed } from '../../src/identity/people.ts';
import { openPool } from '../../src/log/connect.ts';
import { READ_SETTINGS } from '../../src/log/read.ts';
import { lendDatabase } from '../_kit/database.ts';
import { type Fixture, spec } from '../_kit/spec.ts';

interface Rows {
  readonly pool: ReturnType<typeof openPool>;
  ids(table: 'people' | 'notes'): Promise<string[]>;
}

const withRows: Fixture<Rows> = async (lend) => {
  const database = await lendDatabase();
  const pool = openPool({ url: database.url, name: 'test people', max: 2, settings: READ_SETTINGS });
  try {
    await lend({
      pool,
      ids: async (table) => (await pool.query(`SELECT id FROM ${table} ORDER BY id`)).rows.map(({ id }) => id),
    });
  } finally {
    await pool.end();
    await database.close();
  }
};

const test = spec('what is personal', withRows);

const DAY_MS = 86_400_000;
const cause = () => ({ kind: 'order', actor: randomUUID(), commandId: randomUUID() });

const append = ({ pool }: Rows, { kind, actor, commandId }: ReturnType<typeof cause>) =>
  pool.query(
    `INSERT INTO actor_log (kind, actor_id, version, command_id, command_hash, issuer, at, events, after, state_version)
     VALUES ($1, $2, 1, $3, 'h', '{}', now(), '[]', '{}', 1)`,
    [kind, actor, commandId],
  );

test('goes a day after a command that came to nothing; what the log or a user names stays', async (rows) => {
  const { pool } = rows;
  const [named, lost, own] = [randomUUID(), randomUUID(), randomUUID()];
  const [accepted, refused] = [cause(), cause()];
  await putPerson(pool, { id: named, contact: 'a@b.c', cause: accepted });
  await putNote(pool, { id: named, text: 'please', cause: accepted });
  await putPerson(pool, { id: lost, contact: 'd@e.f', cause: refused });
  await putNote(pool, { id: lost, text: 'refused', cause: refused });
  await putPerson(pool, { id: own, name: 'Own', contact: 'g@h.i' });
  await append(rows, accepted);
  assert.is(await sweepUnnamed(pool, DAY_MS), 0, 'nothing is a day old');
  for (const table of ['people', 'notes']) await pool.query(`UPDATE ${table} SET created_at = now() - interval '25 h'`);
  assert.is(await sweepUnnamed(pool, DAY_MS), 2);
  assert.equal(await rows.ids('people'), [named, own].sort());
  assert.equal(await rows.ids('notes'), [named]);
  const left = await pool.query('SELECT FROM people WHERE command_id IS NOT NULL');
  assert.is(left.rowCount, 0, 'nobody has to look again');
});

test('that is asked for again before the sweep is fresh, and written anew after it', async (rows) => {
  const { pool } = rows;
  const id = randomUUID();
  const again = { id, text: 'once more', cause: cause() };
  await putNote(pool, again);
  await pool.query(`UPDATE notes SET created_at = now() - interval '25 h'`);
  await putNote(pool, again);
  assert.is(await sweepUnnamed(pool, DAY_MS), 0);
  await pool.query(`UPDATE notes SET created_at = now() - interval '25 h'`);
  assert.is(await sweepUnnamed(pool, DAY_MS), 1);
  await putNote(pool, again);
  assert.equal(await rows.ids('notes'), [id]);
});
