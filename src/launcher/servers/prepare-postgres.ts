/**
 * Roles and database of Andon on a server whose superuser we are. Invariants: safe to repeat; passwords are set each
 * time, so that the secrets on disk always fit; the application's login can neither create nor own anything.
 */
import pg from 'pg';

export interface Preparation {
  /** A superuser's URL. */
  readonly superUrl: string;
  readonly database: string;
  readonly ownerPassword: string;
  readonly webPassword: string;
}

export interface Prepared {
  /** As andon_web: SELECT and INSERT on the log, what andon_app was granted elsewhere. */
  readonly url: string;
  /** As andon_owner: migrations. */
  readonly adminUrl: string;
}

const { escapeIdentifier: name, escapeLiteral: literal } = pg;

const urlFor = (superUrl: string, user: string, password: string, database: string): string => {
  const url = new URL(superUrl);
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
};

async function role(client: pg.Client, who: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [who]);
  await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${name(who)} ${attributes}`);
}

/** Group role andon_app, logins andon_owner and andon_web, and the database, which andon_owner owns. */
export async function preparePostgres(wanted: Preparation): Promise<Prepared> {
  const client = new pg.Client({ connectionString: wanted.superUrl });
  await client.connect();
  try {
    await role(client, 'andon_app', 'nologin');
    await role(client, 'andon_owner', `login password ${literal(wanted.ownerPassword)}`);
    await role(client, 'andon_web', `login password ${literal(wanted.webPassword)}`);
    await client.query('grant andon_app to andon_web, andon_owner');
    // A stalled feed names the transaction that holds it back, whoever owns it.
    await client.query('grant pg_read_all_stats to andon_app');
    // Who owns the data may end any session of it: to repair, and to rehearse faults.
    await client.query('grant pg_signal_backend to andon_owner');
    const database = name(wanted.database);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [wanted.database]);
    if (rowCount === 0) await client.query(`create database ${database} owner andon_owner`);
    await client.query(`revoke all on database ${database} from public`);
    await client.query(`grant connect on database ${database} to andon_app`);
  } finally {
    await client.end();
  }
  return {
    url: urlFor(wanted.superUrl, 'andon_web', wanted.webPassword, wanted.database),
    adminUrl: urlFor(wanted.superUrl, 'andon_owner', wanted.ownerPassword, wanted.database),
  };
}
