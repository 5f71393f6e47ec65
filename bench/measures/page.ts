/**
 * A board of thousands of cards in a real browser while it changes and somebody scrolls: long tasks, frames, memory. The
 * machine that serves is the one that shows, so a task is told by how long it took and by how long it had a core.
 */
import { join } from 'node:path';
import pg from 'pg';
import { buildPages } from '../../src/launcher/pages.ts';
import { makeFolders, placeOf, ROOT } from '../../src/launcher/place.ts';
import { askProcess } from '../_kit/ask.ts';
import { environmentOf } from '../_kit/environment.ts';
import { quantile } from '../_kit/figures.ts';
import type { WriterAsk } from '../_kit/live/writing.ts';
import { openFilled } from '../_kit/many.ts';
import { type Desk, openDesk } from '../_kit/page/desk.ts';
import { profileInto } from '../_kit/page/profile.ts';
import { type Task, traceTasks } from '../_kit/page/trace.ts';
import { forked } from '../_kit/process.ts';
import type { Report, Row } from '../_kit/report.ts';
import { signIn } from '../_kit/sessions.ts';
import type { Settings } from '../_kit/settings.ts';
import { SUPERVISOR } from '../_kit/staff.ts';
import type { Stand } from '../_kit/stand.ts';
import { startWeb } from '../_kit/web.ts';

const LONG_MS = 50;
/** Each lane once, before anything changes. */
const STILL_MS = 12_000;
/** Of work, that are told. */
const MOST_KINDS = 10;
const MIB = 2 ** 20;

/** Whose priority may change: those not made yet. */
async function changeable(stand: Stand): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: stand.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM orders WHERE site = 'north' AND lane IN ('new', 'in_work') ORDER BY md5(id::text)`,
  );
  await client.end();
  return rows.map(({ id }) => id);
}

interface Held {
  readonly heapMiB: number;
  readonly nodes: number;
}

async function held({ session }: Desk): Promise<Held> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { heapMiB: of('JSHeapUsedSize') / MIB, nodes: of('Nodes') };
}

/** Times between frames, counted in the page until they are asked for. */
const COUNT_FRAMES = `(() => {
  const times = [];
  let last = performance.now();
  const frame = (now) => { times.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  window.takeFrameTimes = () => times.splice(0);
})()`;

interface Measured {
  readonly row: Row;
  /** What its long tasks did. */
  readonly long: Readonly<Record<string, Row>>;
}

async function measure(desk: Desk, what: string, act: () => Promise<unknown>): Promise<Measured> {
  await desk.page.evaluate(COUNT_FRAMES);
  const profiled = await profileInto(desk.session, what);
  const end = await traceTasks(desk.session, LONG_MS);
  const begun = performance.now();
  await act();
  const seconds = (performance.now() - begun) / 1_000;
  const tasks = await end();
  await profiled();
  const frames = await desk.page.evaluate<number[]>('window.takeFrameTimes()');
  return { row: taskRow(tasks, frames, seconds), long: workRows(tasks) };
}

function taskRow(tasks: readonly Task[], frames: readonly number[], seconds: number): Row {
  const sum = (pick: (task: Task) => number): number => tasks.reduce((all, task) => all + pick(task), 0);
  const most = (pick: (task: Task) => number): number => tasks.reduce((all, task) => Math.max(all, pick(task)), 0);
  return {
    '> 50 ms': tasks.filter(({ ms }) => ms > LONG_MS).length,
    '> 50 ms CPU': tasks.filter(({ cpuMs }) => cpuMs > LONG_MS).length,
    'p99.9 CPU ms': quantile(
      tasks.map(({ cpuMs }) => cpuMs),
      0.999,
    ),
    'longest ms': most(({ ms }) => ms),
    'longest CPU ms': most(({ cpuMs }) => cpuMs),
    'CPU %': sum(({ cpuMs }) => cpuMs) / seconds / 10,
    'frame p50': quantile(frames, 0.5),
    p95: quantile(frames, 0.95),
    p99: quantile(frames, 0.99),
  };
}

/** By kind of work, the most first: all of it, and in the worst task. */
function workRows(tasks: readonly Task[]): Readonly<Record<string, Row>> {
  const rows = new Map<string, { ms: number; most: number }>();
  for (const { work } of tasks)
    for (const [name, ms] of work ?? []) {
      const { ms: sum, most } = rows.get(name) ?? { ms: 0, most: 0 };
      rows.set(name, { ms: sum + ms, most: Math.max(most, ms) });
    }
  const sorted = [...rows].sort(([, a], [, b]) => b.ms - a.ms);
  return Object.fromEntries(sorted.slice(0, MOST_KINDS).map(([name, { ms, most }]) => [name, { ms, 'in one': most }]));
}

export async function page({ pageCards, pageChanges, pageSeconds }: Settings): Promise<Report> {
  const place = placeOf(process.env);
  makeFolders(place);
  await buildPages(place, (line) => console.error(line), new AbortController().signal);
  const stand = await openFilled({ orders: 2 * pageCards, board: pageCards });
  const web = await startWeb(stand, { ANDON_PAGES: join(ROOT, 'dist/web') });
  const writer = await forked(join(ROOT, 'bench/_kit/live/writer.ts'), ['andon'], environmentOf(stand));
  try {
    const [token = ''] = await signIn(stand, [SUPERVISOR]);
    const orders = await changeable(stand);
    const desk = await openDesk(web.url, { id: SUPERVISOR.id, token }, pageCards);
    try {
      await desk.session.send('Performance.enable');
      const ms = pageSeconds * 1_000;
      const ask: WriterAsk = { do: 'change', orders, told: 'board', perSecond: pageChanges, ms };
      const still = await measure(desk, 'still', () => desk.scroll(Math.min(ms, STILL_MS)));
      const before = await held(desk);
      let changes = 0;
      const changing = async (): Promise<void> => {
        changes = (await askProcess<readonly unknown[]>(writer, ask)).length;
      };
      const busy = await measure(desk, 'changing', () => Promise.all([changing(), desk.scroll(ms)]));
      const after = await held(desk);
      return {
        tables: [
          {
            title: `A board of ${pageCards} cards, scrolled for ${pageSeconds} s: ${changes} changes meanwhile. Tasks of the page's main thread, and times between frames`,
            rows: {
              'nothing changes': still.row,
              [`${pageChanges} changes/s`]: busy.row,
            },
          },
          {
            title: `What tasks did that had a core for more than ${LONG_MS} ms, milliseconds`,
            rows: busy.long,
          },
          {
            title: 'What the page holds, collected',
            rows: { before: { ...before }, after: { ...after } },
          },
        ],
        notes: ['CPU: while the task had a core. A task of more milliseconds than that waited for one.'],
      };
    } finally {
      await desk.close();
    }
  } finally {
    await writer.stop();
    await web.stop();
    await stand.close();
  }
}
