/**
 * A private nginx before several web nodes, from the template deploy/nginx.conf. The pid is the master's; its workers
 * are in its session, and whoever kills the master has to end them too (they would keep the port).
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AndonError } from '../../errors.ts';
import { JSON_BYTES } from '../../http/json-body.ts';
import { type Server, type Supervision, startChild } from './child.ts';

export interface NginxOptions extends Supervision {
  /** Folder of this server; the account of its workers can pass through to it. */
  readonly dir: string;
  readonly template: string;
  readonly host: string;
  readonly port: number;
  readonly nodePorts: readonly number[];
  /** Largest request body it lets through, bytes. */
  readonly bodyBytes: number;
  /** What the nodes take of a model, bytes: told whoever sends more than nginx lets through. */
  readonly modelBytes: number;
  readonly url: string;
}

/** Debian keeps it in /usr/sbin, which is not on everybody's PATH. */
export const nginxBinary = (): string | undefined =>
  [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/local/bin']
    .map((folder) => join(folder, 'nginx'))
    .find((file) => existsSync(file));

/** Fills `@name@`. Throws on a placeholder nobody fills and on a value nobody asks for. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const unused = new Set(Object.keys(values));
  const text = template.replace(/@([a-z_]+)@/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for @${name}@`);
    unused.delete(name);
    return value;
  });
  if (unused.size > 0) throw new Error(`the template does not use ${[...unused].join(', ')}`);
  return text;
}

export function nginxConf(options: Omit<NginxOptions, 'url'>, isRoot: boolean): string {
  const servers = options.nodePorts.map((port) => `server 127.0.0.1:${port} max_fails=1 fail_timeout=1s;`);
  return fillTemplate(readFileSync(options.template, 'utf8'), {
    dir: options.dir,
    user: isRoot ? 'user www-data;' : '',
    nodes: servers.join('\n    '),
    listen: `${options.host.includes(':') ? `[${options.host}]` : options.host}:${options.port}`,
    body: String(options.bodyBytes),
    json: String(JSON_BYTES),
    model: String(options.modelBytes),
  });
}

export async function startNginx(options: NginxOptions): Promise<Server> {
  const command = nginxBinary();
  if (command === undefined)
    throw new AndonError('not_installed', 'nginx is not installed; on Debian or Ubuntu: apt-get install nginx', {
      expose: true,
      details: { server: 'nginx', package: 'nginx' },
    });
  const conf = join(options.dir, 'nginx.conf');
  const pidFile = join(options.dir, 'nginx.pid');
  mkdirSync(join(options.dir, 'tmp'), { recursive: true });
  writeFileSync(conf, nginxConf(options, process.getuid?.() === 0));
  rmSync(pidFile, { force: true });
  let pid: number | undefined;
  return startChild({
    name: 'nginx',
    url: options.url,
    command,
    args: ['-c', conf, '-p', options.dir, '-e', 'stderr'],
    cwd: options.dir,
    logFile: options.logFile ?? join(options.dir, 'log'),
    spawned(its) {
      pid = its;
      options.spawned?.(its);
    },
    // Written once its sockets are bound; an open port alone could be somebody else's.
    ready: async () => Number(readFileSync(pidFile, 'utf8')) === pid,
    stopSignals: [['SIGTERM', 3_000]],
  });
}
