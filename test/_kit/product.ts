/** The whole product for one test: started by its own command, on free ports, with its own data; ended afterwards. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ProcessStatus, ServerStatus } from '../../src/launcher/status.ts';
import { freePortRun } from './free-ports.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');

export interface Login {
  readonly url: string;
  readonly role: string;
  readonly site?: string;
  readonly login: string;
  readonly password: string;
}

export interface Status {
  readonly url: string;
  readonly ready: boolean;
  /** What the processes do without. */
  readonly degraded: readonly string[];
  readonly processes: readonly ProcessStatus[];
  readonly servers: readonly ServerStatus[];
  readonly data: string;
}

export interface Product {
  /** Where everybody comes in: nginx, or the only node. */
  readonly url: string;
  /** The web nodes themselves. */
  readonly nodes: readonly string[];
  readonly data: string;
  /** Runs `./andon …` for this product; resolves with what it printed. */
  andon(...args: string[]): Promise<string>;
  status(): Promise<Status>;
  addUsers(role: string, options?: { site?: string; count?: number; limit?: number }): Promise<Login[]>;
  logins(): Promise<Login[]>;
  close(): Promise<void>;
}

export interface ProductOptions {
  readonly nodes?: number;
  readonly workers?: number;
  readonly keepers?: number;
  readonly demo?: 'users' | 'all';
  /** Settings besides the launcher's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Servers of its own, but no broker: that takes seconds to start. `AMQP_URL: ''` gives it one. */
const OWN = { DATABASE_URL: '', DATABASE_ADMIN_URL: '', REDIS_URL: '', AMQP_URL: 'none' };

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const { nodes = 1, workers = 1, keepers = 1, demo, env = {} } = options;
  const data = await mkdtemp(join(tmpdir(), 'andon-product-'));
  const port = await freePortRun(nodes + 1);
  const environment = { ...process.env, ...OWN, ...env, ANDON_DATA: data, ANDON_PORT: String(port) };
  const andon = async (...args: string[]): Promise<string> => {
    const { stdout } = await run(join(ROOT, 'andon'), args, { cwd: ROOT, env: environment, maxBuffer: 1 << 24 });
    return stdout;
  };
  const close = async (): Promise<void> => {
    await andon('down');
    // Started by root, Postgres keeps its data outside of the closed folder, which only has a link to it.
    const home = await realpath(join(data, 'postgres')).catch(() => join(data, 'postgres'));
    for (const folder of [dirname(home), data]) await rm(folder, { recursive: true, force: true });
  };
  try {
    const fleet = Object.entries({ nodes, workers, keepers }).flatMap(([of, many]) => [`--${of}`, String(many)]);
    await andon('up', '-d', ...fleet, ...(demo === undefined ? [] : [`--demo=${demo}`]));
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  /** It ends with 1 where not everything is ready, and tells all the same. */
  const status = async (): Promise<Status> => {
    const told = await andon('status', '--json').catch((error: Error & { stdout?: string }) => {
      if (!error.stdout) throw error;
      return error.stdout;
    });
    return JSON.parse(told) as Status;
  };
  const started = await status();
  return {
    url: started.url,
    nodes: started.processes.filter((p) => p.type === 'web').map((p) => p.url ?? started.url),
    data,
    andon,
    status,
    close,
    logins: async () => JSON.parse(await readFile(join(data, 'logins.json'), 'utf8')) as Login[],
    async addUsers(role, { site, count = 1, limit } = {}) {
      const args = ['users', 'add', '--role', role, '--count', String(count), '--json'];
      if (site !== undefined) args.push('--site', site);
      if (limit !== undefined) args.push('--limit', String(limit));
      return JSON.parse(await andon(...args)) as Login[];
    },
  };
}
