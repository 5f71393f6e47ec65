import { randomBytes } from 'node:crypto';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { bringUpToDate } from '../../src/launcher/database.ts';
import { type Place, placeOf } from '../../src/launcher/place.ts';
import { type LentDatabase, withDatabaseLent } from '../_kit/database.ts';
import { spec } from '../_kit/spec.ts';

const test = spec<LentDatabase>('a database that was given', withDatabaseLent);

const place: Place = placeOf({});
const silent = (): void => undefined;

const as = (url: string, login: string, database?: string): string => {
  const other = new URL(url);
  [other.username, other.password] = [login, 'x'];
  if (database !== undefined) other.pathname = `/${database}`;
  return other.href;
};

/** Runs `sql` as the superuser; `undo` afterwards. */
async function having(url: string, sql: readonly string[], undo: readonly string[], act: () => Promise<void>) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const line of sql) await client.query(line);
    await act();
  } finally {
    for (const line of undo) await client.query(line);
    await client.end();
  }
}

const failure = (attempt: Promise<void>): Promise<string> =>
  attempt.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

test('that is up to date is left as it is', async ({ url, adminUrl }) => {
  const said: string[] = [];
  await bringUpToDate(place, { url, adminUrl }, (line) => said.push(line));
  assert.equal(said, []);
});

test('in another encoding is refused before a table is made', async ({ superUrl }) => {
  const name = `t_${randomBytes(6).toString('hex')}`;
  const make = [`create database ${name} encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0`];
  await having(superUrl, make, [`drop database ${name}`], async () => {
    const url = new URL(superUrl);
    url.pathname = `/${name}`;
    const said = await failure(bringUpToDate(place, { url: url.href, adminUrl: url.href }, silent));
    assert.match(said, /has the encoding SQL_ASCII, Andon needs UTF8/);
    assert.match(said, /ENCODING 'UTF8' TEMPLATE template0/);
  });
});

test('whose login may not work as the application says what to grant', async ({ superUrl, adminUrl }) => {
  const login = `t_${randomBytes(6).toString('hex')}`;
  const database = new URL(superUrl).pathname.slice(1);
  const make = [`create role ${login} login password 'x'`, `grant connect on database ${database} to ${login}`];
  const undo = [`revoke all on database ${database} from ${login}`, `drop role ${login}`];
  await having(superUrl, make, undo, async () => {
    const said = await failure(bringUpToDate(place, { url: as(superUrl, login), adminUrl }, silent));
    assert.match(said, `GRANT andon_app TO "${login}"`);
  });
});

test('whose owner may not grant the role says what to grant', async ({ superUrl }) => {
  const login = `t_${randomBytes(6).toString('hex')}`;
  const make = [`create role ${login} login password 'x'`, `create database ${login} owner ${login}`];
  await having(superUrl, make, [`drop database ${login}`, `drop role ${login}`], async () => {
    const url = as(superUrl, login, login);
    const said = await failure(bringUpToDate(place, { url, adminUrl: url }, silent));
    assert.match(said, /0001_log\.sql: .*role/);
    assert.match(said, `GRANT andon_app TO "${login}"`);
  });
});

test('that can’t be reached is named by its address', async ({ superUrl }) => {
  const url = new URL(superUrl);
  url.port = '1';
  const said = await failure(bringUpToDate(place, { url: url.href, adminUrl: url.href }, silent));
  assert.match(said, /Postgres at 127\.0\.0\.1:1 can't be used: .*ECONNREFUSED/);
});
