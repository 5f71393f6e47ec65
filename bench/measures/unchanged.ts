/** An order that has not changed, asked for again by its ETag: against a bare Koa with one GET from Redis. */
import { Redis } from 'ioredis';
import { BUYER_ID } from '../_kit/andon-runtime.ts';
import { startBare } from '../_kit/bare.ts';
import { openContender } from '../_kit/contenders.ts';
import { ofProcess, ofThisProcess } from '../_kit/cpu.ts';
import { LeanHttp } from '../_kit/lean-http.ts';
import { type PullResult, pull } from '../_kit/pull.ts';
import type { Table } from '../_kit/report.ts';
import { signIn } from '../_kit/sessions.ts';
import type { Settings } from '../_kit/settings.ts';
import type { Stand } from '../_kit/stand.ts';
import { startWeb, type Web } from '../_kit/web.ts';
import { DOC } from '../peers/tables.ts';
import { pullRow } from './rows.ts';

const ORDERS = 100;

export async function unchanged(stand: Stand, settings: Settings): Promise<Table> {
  const [web, bare] = [await startWeb(stand), await startBare(stand)];
  const floor = await openContender('andon', stand, 1);
  const [token = ''] = await signIn(stand, [{ id: BUYER_ID, role: 'buyer' }]);
  const ids = await Promise.all(Array.from({ length: ORDERS }, () => floor.draft()));
  await remember(stand, ids);
  const readers: Reader[] = [];
  try {
    readers.push(
      await reader('andon', web, '/api/orders', settings.clients, token),
      await reader('bare Koa + GET', bare, '/orders', settings.clients),
    );
    for (let run = 0; run <= settings.runs; run++)
      for (const { node, lines, path, results } of readers) {
        const meter = { generator: ofThisProcess, web: ofProcess(node.pid), ...stand.meter };
        const ask = (line: LeanHttp, n: number) => line.get(`${path}/${ids[n % ORDERS]}`, 'If-None-Match: "1"\r\n');
        const result = await pull(lines, ask, 304, settings.seconds, meter);
        if (run > 0) results.push(result);
      }
    const own = readers[0]?.results ?? [];
    return {
      title: 'An order that has not changed: 304 by its ETag, one web node',
      rows: Object.fromEntries(readers.map(({ name, results }) => [name, pullRow(results, own)])),
    };
  } finally {
    for (const { lines } of readers) for (const line of lines) line.close();
    await floor.close();
    await bare.stop();
    await web.stop();
  }
}

interface Reader {
  readonly name: string;
  readonly node: Web;
  readonly path: string;
  readonly lines: readonly LeanHttp[];
  readonly results: PullResult[];
}

async function reader(name: string, node: Web, path: string, clients: number, token?: string): Promise<Reader> {
  const lines = await Promise.all(Array.from({ length: clients }, () => LeanHttp.open(node.url, token)));
  return { name, node, path, lines, results: [] };
}

/** For the bare node: the version, then the order. */
async function remember(stand: Stand, ids: readonly string[]): Promise<void> {
  const redis = new Redis(stand.redisUrl);
  for (const id of ids) await redis.set(id, `1 ${DOC}`);
  redis.disconnect();
}
