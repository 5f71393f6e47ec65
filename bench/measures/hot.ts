/** One order that everybody changes at once, over three processes: every command is accepted, one after the other. */
import type { Contender } from '../_kit/contender.ts';
import { NAMES, openContender } from '../_kit/contenders.ts';
import { type Cpu, cpuNow, cpuPer, ofProcesses } from '../_kit/cpu.ts';
import { type Members, openMembers, PROCESSES } from '../_kit/members.ts';
import type { Report } from '../_kit/report.ts';
import type { Settings } from '../_kit/settings.ts';
import { settle } from '../_kit/settle.ts';
import { openStand, type Stand } from '../_kit/stand.ts';
import { hotRow } from './rows.ts';

export interface HotResult {
  readonly accepted: number;
  readonly perSecond: number;
  /** Versions of the order beyond those that were answered, or missing: 0. */
  readonly unaccounted: number;
  readonly cpu: Cpu;
}

async function hotRun(stand: Stand, contender: Contender, members: Members, settings: Settings): Promise<HotResult> {
  const order = await contender.draft();
  const first = await contender.versionOf(order);
  await settle(stand);
  const meter = { node: ofProcesses(members.pids), ...stand.meter };
  const before = cpuNow(meter);
  const begun = performance.now();
  const clients = Math.ceil(settings.operators / PROCESSES);
  const ms = settings.seconds * 1_000;
  const told = await members.ask(() => ({ do: 'hot', order, clients, ms }));
  const seconds = (performance.now() - begun) / 1_000;
  const accepted = told.reduce((sum, one) => sum + (one.accepted ?? 0), 0);
  const cpu = cpuPer(accepted, meter, before);
  const unaccounted = (await contender.versionOf(order)) - first - accepted;
  return { accepted, perSecond: accepted / seconds, unaccounted, cpu };
}

export async function hot(settings: Settings): Promise<Report> {
  const stand = await openStand();
  const entries: { contender: Contender; members: Members; results: HotResult[] }[] = [];
  try {
    for (const name of NAMES) {
      const contender = await openContender(name, stand, settings.operators);
      await contender.begin();
      entries.push({ contender, members: await openMembers(name, stand, settings.operators), results: [] });
    }
    for (let run = 0; run <= settings.runs; run++)
      for (const { contender, members, results } of entries) {
        const result = await hotRun(stand, contender, members, settings);
        if (run > 0) results.push(result);
      }
    const own = entries[0]?.results ?? [];
    const rows = entries.map(({ contender, results }) => [contender.name, hotRow(results, own)]);
    const title = `One order, changed by ${settings.operators} clients over ${PROCESSES} processes, every change accepted`;
    return { tables: [{ title, rows: Object.fromEntries(rows) }], notes: [] };
  } finally {
    for (const { contender, members } of entries) {
      await members.stop();
      await contender.close();
    }
    await stand.close();
  }
}
