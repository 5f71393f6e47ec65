/**
 * Pages of a board and of the list of orders, the first and the deepest, where a million orders are known; against the
 * same pages by ORDER BY ... OFFSET. The node that serves ours reaches Postgres by way of a proxy that counts.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startBare } from '../_kit/bare.ts';
import { type CountingProxy, countStatements } from '../_kit/counting-proxy.ts';
import { ofProcess, ofThisProcess } from '../_kit/cpu.ts';
import { LeanHttp } from '../_kit/lean-http.ts';
import { type PullResult, pull } from '../_kit/pull.ts';
import type { Row, Table } from '../_kit/report.ts';
import { signIn } from '../_kit/sessions.ts';
import type { Settings } from '../_kit/settings.ts';
import { SUPERVISOR } from '../_kit/staff.ts';
import type { Stand } from '../_kit/stand.ts';
import { startWeb, type Web } from '../_kit/web.ts';
import { pullRow } from './rows.ts';

const PAGE = 50;
/** Readers of lists: each page is a statement, and so many hold a processor each. */
const LIST_CLIENTS = 4;
/** The page that is far away, or the last one of a shorter list. */
const DEEP = 10_000;
/** Cards at once on the way to the last page. */
const STEP = 200;
const BOARD = `/api/boards/north?lane=new&limit=${PAGE}`;
const LIST = `/api/orders?limit=${PAGE}`;

interface Page {
  readonly name: string;
  readonly node: Web;
  readonly path: string;
  readonly clients: number;
  readonly token?: string;
  readonly results: PullResult[];
  statements: number;
}

interface Place {
  readonly path: string;
  readonly offset: number;
}

/** A whole page near the end of the lane, found by paging as a client does. */
async function lastOfBoard(line: LeanHttp): Promise<Place> {
  let place: Place = { path: BOARD, offset: 0 };
  for (;;) {
    const { body } = await line.get(place.path.replace(`limit=${PAGE}`, `limit=${STEP}`));
    const { next, counts } = JSON.parse(body) as { next: string | null; counts: { new: number } };
    const offset = place.offset + STEP;
    if (next === null || offset + PAGE > counts.new) return place;
    place = { path: `${BOARD}&cursor=${next}`, offset };
  }
}

/** Paging there would take minutes: the order before the page is looked up, and the cursor made as the list makes it. */
async function deepInList(stand: Stand, page: number): Promise<string> {
  const client = new pg.Client({ connectionString: stand.superUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string; at: Date }>(
    'SELECT id, updated_at AS at FROM orders ORDER BY updated_at DESC, id DESC LIMIT 1 OFFSET $1',
    [(page - 1) * PAGE - 1],
  );
  await client.end();
  const [before] = rows;
  if (before === undefined) throw new Error(`there is no page ${page}`);
  return `${LIST}&cursor=${Buffer.from(`${before.at.toISOString()} ${before.id}`).toString('base64url')}`;
}

async function read(stand: Stand, page: Page, proxy: CountingProxy, settings: Settings, keep: boolean): Promise<void> {
  const lines = await Promise.all(Array.from({ length: page.clients }, () => LeanHttp.open(page.node.url, page.token)));
  const before = proxy.statements;
  const meter = { generator: ofThisProcess, web: ofProcess(page.node.pid), ...stand.meter };
  const result = await pull(lines, (line) => line.get(page.path), 200, settings.seconds, meter);
  await hasWholePage(page);
  for (const line of lines) line.close();
  if (!keep) return;
  page.results.push(result);
  page.statements += proxy.statements - before;
}

async function hasWholePage({ name, node, path, token }: Page): Promise<void> {
  const line = await LeanHttp.open(node.url, token);
  const { items } = JSON.parse((await line.get(path)).body) as { items: readonly unknown[] };
  line.close();
  if (items.length !== PAGE) throw new Error(`${name}: ${items.length} instead of ${PAGE}`);
}

export async function pages(stand: Stand, settings: Settings): Promise<readonly Table[]> {
  const proxy = await countStatements(stand.databaseUrl);
  const [web, bare] = [await startWeb({ ...stand, databaseUrl: proxy.url }), await startBare(stand)];
  const [token = ''] = await signIn(stand, [SUPERVISOR]);
  const line = await LeanHttp.open(web.url, token);
  try {
    const deep = Math.min(DEEP, Math.floor(settings.big / PAGE));
    const last = await lastOfBoard(line);
    const page = (name: string, path: string, clients: number, ours = true): Page =>
      ours
        ? { name, node: web, path, clients, token, results: [], statements: 0 }
        : { name, node: bare, path, clients, results: [], statements: 0 };
    const { clients } = settings;
    const board = [
      page('andon, first page', BOARD, clients),
      page('andon, last page', last.path, clients),
      page('SQL OFFSET, first page', '/board/0', clients, false),
      page('SQL OFFSET, last page', `/board/${last.offset}`, clients, false),
    ];
    const list = [
      page('andon, page 1', LIST, LIST_CLIENTS),
      page(`andon, page ${deep}`, await deepInList(stand, deep), LIST_CLIENTS),
      page('SQL OFFSET, page 1', '/list/0', LIST_CLIENTS, false),
      page(`SQL OFFSET, page ${deep}`, `/list/${(deep - 1) * PAGE}`, LIST_CLIENTS, false),
    ];
    const idle = await whenIdle(proxy, settings.seconds);
    for (let run = 0; run <= settings.runs; run++)
      for (const one of [...board, ...list]) await read(stand, one, proxy, settings, run > 0);
    return [
      table(
        `The board of a site: lane "new", the last page ${last.offset} cards down, ${clients} clients`,
        board,
        idle * settings.runs,
      ),
      table(`The list of ${settings.big} orders, ${LIST_CLIENTS} clients`, list, idle * settings.runs),
    ];
  } finally {
    line.close();
    await bare.stop();
    await web.stop();
    await proxy.close();
  }
}

/** What the node asks Postgres by itself: is it there, which sessions ended. */
async function whenIdle(proxy: CountingProxy, seconds: number): Promise<number> {
  const before = proxy.statements;
  await sleep(seconds * 1_000);
  return proxy.statements - before;
}

function table(title: string, all: readonly Page[], idle: number): Table {
  const row = (page: Page): Row => {
    const ours = page.token !== undefined;
    return {
      ...pullRow(page.results, all[0]?.results ?? []),
      pages: page.results.reduce((sum, { requests }) => sum + requests, 0),
      'statements of the node': ours ? page.statements : Number.NaN,
      'of an idle one': ours ? idle : Number.NaN,
    };
  };
  return { title, rows: Object.fromEntries(all.map((page) => [page.name, row(page)])) };
}
