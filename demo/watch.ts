/**
 * Watches a demo for as long as one likes: `node demo/watch.ts [minutes] [seconds between looks]`, with ANDON_DATA as for
 * `andon`. Each look is a line: new lines of error in any log, memory of each process, orders by status, and those that
 * have waited for too long. Ends with 1 if any look found a fault.
 */
import { execFile } from 'node:child_process';
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Order, Status } from '../gateways/contract/order.ts';
import { STATUSES } from '../gateways/contract/statuses.ts';
import { connect } from '../web/client/client.ts';
import { stuckIn } from './stuck.ts';

const ROOT = resolve(import.meta.dirname, '..');
const ERROR = 50;
/** What somebody in the demo still has to do something with. */
const WATCHED = STATUSES.slice(0, STATUSES.indexOf('DELIVERED'));

interface Running {
  readonly url: string;
  readonly ready: boolean;
  readonly data: string;
  readonly degraded: readonly string[];
  readonly gone: readonly string[];
  readonly processes: readonly (Member & { readonly type: string; readonly index: number })[];
  readonly servers: readonly (Member & { readonly name: string })[];
}

interface Member {
  readonly pid: number;
  readonly mark?: string;
}

async function running(): Promise<Running> {
  const told = await promisify(execFile)(join(ROOT, 'andon'), ['status', '--json']).catch(
    (error: Error & { stdout?: string }) => ({ stdout: error.stdout ?? '' }), // 1: not ready
  );
  return JSON.parse(told.stdout) as Running;
}

/** Of a process alone, MiB. */
function memory(pid: number): number {
  const file = `/proc/${pid}/status`;
  const kib = existsSync(file) ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Math.round(Number(kib ?? 0) / 1_024);
}

/** Lines that have come since the last look. */
class Logs {
  readonly #folder: string;
  readonly #read = new Map<string, number>();

  constructor(data: string) {
    this.#folder = join(data, 'logs');
  }

  errors(): string[] {
    const names = readdirSync(this.#folder).filter((name) => name.endsWith('.log'));
    return names.flatMap((name) =>
      this.#fresh(name)
        .filter(isError)
        .map((line) => `${name}: ${line}`),
    );
  }

  #fresh(name: string): string[] {
    const handle = openSync(join(this.#folder, name), 'r');
    try {
      const { size } = fstatSync(handle);
      const known = this.#read.get(name) ?? 0;
      const from = known > size ? 0 : known;
      const bytes = Buffer.alloc(size - from);
      readSync(handle, bytes, 0, bytes.length, from);
      this.#read.set(name, size);
      return bytes.toString('utf8').split('\n');
    } finally {
      closeSync(handle);
    }
  }
}

function isError(line: string): boolean {
  if (!line.startsWith('{')) return /\b(FATAL|PANIC|ERROR):/.test(line);
  try {
    return Number((JSON.parse(line) as { level?: unknown }).level) >= ERROR;
  } catch {
    return false; // cut off by a rotation
  }
}

const passwordOf = (data: string, login: string): string => {
  const logins = JSON.parse(readFileSync(join(data, 'logins.json'), 'utf8')) as { login: string; password: string }[];
  return logins.find((one) => one.login === login)?.password ?? '';
};

const [minutes = 60, seconds = 60] = process.argv.slice(2).map(Number);
const { url, data } = await running();
const client = await connect({ url, signIn: () => ({ login: 'kate', password: passwordOf(data, 'kate') }) });
const logs = new Logs(data);
logs.errors(); // of before

async function orders(status: Status): Promise<readonly Order[]> {
  const all: Order[] = [];
  for (let cursor = ''; ; ) {
    const path = `/api/orders?status=${status}&limit=200${cursor}`;
    const { body } = await client.rest.get<{ items: readonly Order[]; next: string | null }>(path);
    all.push(...body.items);
    if (body.next === null) return all;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
}

let faults = 0;
for (const end = Date.now() + 60_000 * minutes; ; await sleep(1_000 * seconds)) {
  const now = await running();
  const open = (await Promise.all(WATCHED.map(orders))).flat();
  const errors = logs.errors();
  const stuck = stuckIn(open, client.clock.now());
  const byStatus = Object.fromEntries(WATCHED.map((one) => [one, open.filter(({ status }) => status === one).length]));
  const rss = [
    ...now.processes.map(({ type, index, pid }) => [`${type} ${index}`, memory(pid)] as const),
    ...now.servers.map(({ name, pid }) => [name, memory(pid)] as const),
  ];
  const unwell = now.ready
    ? []
    : [
        ...[...now.degraded, ...now.gone.map((name) => `${name} ended`)],
        ...[...now.processes, ...now.servers].flatMap(({ pid, mark }) => (mark ? [`pid ${pid} ${mark}`] : [])),
      ];
  const at = new Date().toISOString();
  console.log(
    JSON.stringify({ at, ready: now.ready, unwell, rss_mb: Object.fromEntries(rss), orders: byStatus, stuck, errors }),
  );
  if (!now.ready || errors.length + stuck.length > 0) faults++;
  if (Date.now() >= end) break;
}
client.close();
console.log(`${faults} looks found a fault`);
process.exit(faults === 0 ? 0 : 1);
