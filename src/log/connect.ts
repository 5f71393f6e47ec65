/**
 * Connections to Postgres. Invariants: every session carries our application_name; with `role` it works as that role
 * from its first statement on; a connection lost while idle is never an uncaught error (the next query reports it).
 */
import pg from 'pg';

export interface Access {
  readonly url: string;
  /** Set where the login is not the application's own: the role to work as. */
  readonly role?: string | undefined;
  /** application_name, as an operator sees it in pg_stat_activity. */
  readonly name: string;
}

/** Longest wait for a new connection, milliseconds. */
const CONNECT_MS = 2_000;

/** Bounds for every session: nothing of ours may hold a lock or a transaction open for long. */
export const LIMITS = {
  lock_timeout: '2s',
  statement_timeout: '5s',
  idle_in_transaction_session_timeout: '5s',
} as const;

/**
 * For statements whose plan must not depend on how full the tables were when it was made: a plan made on empty tables
 * reads them whole and is kept (2.6-7.5k instead of 22k rows/s). `jit`: the price put on sequential scans would start it.
 */
export const BY_INDEX = { enable_seqscan: 'off', plan_cache_mode: 'force_generic_plan', jit: 'off' } as const;

/**
 * For walks over the whole log, page by page in the order of an index: without statistics (a database just restored) a page
 * would be made by sorting everything behind it.
 */
export const WALK_SETTINGS = {
  ...LIMITS,
  // Nobody waits for a page but who asked for the walk, and a busy machine must not break it off.
  statement_timeout: '60s',
  ...BY_INDEX,
  enable_bitmapscan: 'off',
  enable_sort: 'off',
  enable_hashagg: 'off',
  enable_hashjoin: 'off',
} as const;

export type SessionSettings = Readonly<Record<string, string>>;

/** Settings ride in the start-up packet, beside those the URL may bring; RESET comes back to them. */
export function clientConfig({ url, role, name }: Access, settings: SessionSettings = LIMITS): pg.ClientConfig {
  const target = new URL(url);
  const all = role === undefined ? settings : { ...settings, role };
  const options = Object.entries(all).map(([key, value]) => `-c ${key}=${value.replace(/[\\ ]/g, '\\$&')}`);
  const given = target.searchParams.get('options');
  target.searchParams.set('options', [...(given === null ? [] : [given]), ...options].join(' '));
  return {
    connectionString: target.href,
    application_name: name,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  };
}

export interface PoolOptions extends Access {
  /** Most connections. */
  readonly max: number;
  readonly settings?: SessionSettings;
  /** Told about connections lost while idle. */
  readonly onError?: (error: Error) => void;
}

/** In whole seconds, as all of ours are. */
const patienceMs = (settings: SessionSettings): number =>
  Number.parseInt(settings['statement_timeout'] ?? '5', 10) * 1_000;

/** Queries of a pool fail by themselves when the server is silent for `statement_timeout` and a second. */
export function openPool({ max, settings = LIMITS, onError, ...access }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...clientConfig(access, settings),
    max,
    query_timeout: patienceMs(settings) + 1_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  pool.on('error', (error) => onError?.(error));
  return pool;
}
