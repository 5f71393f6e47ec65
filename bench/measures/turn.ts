/**
 * The turn against what a good team would write by hand: a storm of operators, the same commands at a given rate, and
 * races for one order in one process and over three.
 */
import type { Contender } from '../_kit/contender.ts';
import { NAMES, openContender } from '../_kit/contenders.ts';
import { ofThisProcess } from '../_kit/cpu.ts';
import { median } from '../_kit/figures.ts';
import { type Members, openMembers, PROCESSES } from '../_kit/members.ts';
import { type RaceResult, races, racesOver } from '../_kit/races.ts';
import type { Report, Row } from '../_kit/report.ts';
import type { Settings } from '../_kit/settings.ts';
import { settle } from '../_kit/settle.ts';
import { openStand, type Stand } from '../_kit/stand.ts';
import { type StormResult, steady, storm } from '../_kit/storm.ts';
import { stormRow } from './rows.ts';

interface Run {
  readonly storm: StormResult;
  readonly inOne: RaceResult;
  readonly overThree: RaceResult;
}

interface Entry {
  readonly contender: Contender;
  readonly members: Members;
  readonly runs: Run[];
}

/** Of the rate of the storm, where the machine can't do the rate that was asked for. */
const SHARE = 0.6;

async function oneRun(stand: Stand, { contender, members }: Entry, settings: Settings): Promise<Run> {
  const { operators } = settings;
  const meter = { node: ofThisProcess, ...stand.meter };
  const orders = await contender.prepare(settings.orders);
  await settle(stand);
  const stormed = await storm(contender, orders, operators, meter);
  const raced = await contender.prepare(settings.races);
  const racedOver = await contender.prepare(settings.races);
  await settle(stand);
  return {
    storm: stormed,
    inOne: await races(contender, raced, operators),
    overThree: await racesOver(members, contender, racedOver, operators),
  };
}

async function steadyRuns(stand: Stand, entry: Entry, settings: Settings, perSecond: number): Promise<StormResult[]> {
  const results: StormResult[] = [];
  for (let run = 0; run < settings.runs; run++) {
    const orders = await entry.contender.prepare(Math.ceil((perSecond * settings.seconds) / 3));
    await settle(stand);
    const meter = { node: ofThisProcess, ...stand.meter };
    results.push(await steady(entry.contender, orders, settings.operators, perSecond, meter));
  }
  return results;
}

function tablesOf(entries: readonly Entry[]): Report['tables'] {
  const own = entries.find(({ contender }) => contender.name === 'andon')?.runs.map((run) => run.storm) ?? [];
  const rows = (row: (entry: Entry) => Row): Record<string, Row> =>
    Object.fromEntries(entries.map((entry) => [entry.contender.name, row(entry)]));
  const total = (runs: readonly Run[], pick: (run: Run) => number): number =>
    runs.reduce((sum, run) => sum + pick(run), 0);
  return [
    {
      title: 'Storm: capture, start, complete, each operator as fast as it is answered (µs of CPU per command)',
      rows: rows(({ runs }) =>
        stormRow(
          runs.map((run) => run.storm),
          own,
        ),
      ),
    },
    {
      title: `Races for one order: milliseconds until everybody knows, in one process and over ${PROCESSES}`,
      rows: rows(({ runs }) => ({
        '1 process, p50 ms': median(runs.map((run) => run.inOne.p50)),
        [`${PROCESSES} processes, p50 ms`]: median(runs.map((run) => run.overThree.p50)),
        races: total(runs, (run) => run.inOne.races + run.overThree.races),
        winners: total(runs, (run) => run.inOne.winners + run.overThree.winners),
      })),
    },
  ];
}

export async function turn(settings: Settings): Promise<Report> {
  const { operators } = settings;
  const stand = await openStand();
  const entries: Entry[] = [];
  try {
    for (const name of NAMES) {
      const contender = await openContender(name, stand, operators);
      await contender.begin();
      entries.push({ contender, members: await openMembers(name, stand, operators), runs: [] });
    }
    for (let run = 0; run <= settings.runs; run++)
      for (const entry of entries) {
        const result = await oneRun(stand, entry, settings);
        if (run === 0) continue; // to warm up
        entry.runs.push(result);
        const { perSecond } = result.storm;
        console.error(`run ${run} ${entry.contender.name}: ${Math.round(perSecond)}/s`);
      }
    const tables = [...tablesOf(entries)];
    const [own] = entries;
    const notes: string[] = [];
    if (own !== undefined) {
      const can = median(own.runs.map((run) => run.storm.perSecond));
      const perSecond = Math.floor(Math.min(settings.rate, SHARE * can));
      const results = await steadyRuns(stand, own, settings, perSecond);
      tables.push({
        title: `At a fixed ${perSecond} commands a second, timed from when each was due`,
        rows: { andon: stormRow(results, results) },
      });
      if (perSecond < settings.rate)
        notes.push(`${settings.rate}/s is too much here: ${perSecond}/s is ${SHARE} of what the storm reached.`);
    }
    return { tables, notes };
  } finally {
    for (const { contender, members } of entries) {
      await members.stop();
      await contender.close();
    }
    await stand.close();
  }
}
