/** Ours and the plain peer in the same run, one after the other: changes at a rate, and until all who watch have them. */
import { type Cpu, cpuNow, cpuPer } from '../cpu.ts';
import { needDescriptors } from '../descriptors.ts';
import { median } from '../figures.ts';
import type { Row, Table } from '../report.ts';
import type { Settings } from '../settings.ts';
import { settle } from '../settle.ts';
import type { Stand } from '../stand.ts';
import type { Commit } from './commits.ts';
import type { Figures } from './crowd.ts';
import { Side, TITLES } from './sides.ts';
import type { About } from './writing.ts';

export interface Load {
  readonly title: string;
  readonly about: About;
  readonly sites: readonly string[];
  /** Orders of each site. */
  readonly each: number;
  readonly sockets: number;
  readonly perSecond: number;
  readonly seconds: number;
}

interface Result extends Figures {
  readonly changes: number;
  /** Microseconds per change. */
  readonly cpu: Cpu;
}

const MIB = 2 ** 20;

/** Sockets are dealt out over what there is to watch, orders over the changes, so that sites take turns. */
const dealt = <T>(all: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, n) => all[n % all.length]).filter((one) => one !== undefined);

/** First of each site, then the second of each … */
const inTurns = (sites: Readonly<Record<string, string>>, each: number): string[] => {
  const orders = Object.keys(sites);
  return Array.from({ length: orders.length }, (_, n) => {
    const turns = orders.length / each;
    return orders[(n % turns) * each + Math.floor(n / turns)] ?? '';
  });
};

class Contest {
  readonly side: Side;
  readonly results: Result[] = [];
  readonly #load: Load;
  readonly #sites: Readonly<Record<string, string>>;
  readonly #orders: readonly string[];

  private constructor(side: Side, load: Load, sites: Readonly<Record<string, string>>) {
    this.side = side;
    this.#load = load;
    this.#sites = sites;
    this.#orders = inTurns(sites, load.each);
  }

  static async open(side: Side, stand: Stand, load: Load): Promise<Contest> {
    const contest = new Contest(side, load, await side.prepare(load.sites, load.each));
    await settle(stand);
    const watched = load.about === 'board' ? load.sites : contest.#orders;
    await side.gather(load.about, dealt(watched, load.sockets));
    await side.generate({ do: 'open', urls: side.urls });
    return contest;
  }

  async run(): Promise<Result> {
    const { about, perSecond, seconds } = this.#load;
    await this.side.generate({ do: 'begin' });
    const { meter } = this.side;
    const before = cpuNow(meter);
    const ms = seconds * 1_000;
    const orders = this.#orders;
    const commits = await this.side.write<Commit[]>({ do: 'change', orders, told: about, perSecond, ms });
    const sites = about === 'board' ? { sites: this.#sites } : {};
    const figures = await this.side.generate<Figures>({ do: 'figures', commits, ...sites });
    return { ...figures, changes: commits.length, cpu: cpuPer(commits.length, meter, before) };
  }
}

const rowOf = (results: readonly Result[]): Row => {
  const of = (pick: (result: Result) => number): number => median(results.map(pick));
  const parts = Object.keys(results[0]?.cpu ?? {});
  return {
    changes: of(({ changes }) => changes),
    'p50 ms': of(({ p50 }) => p50),
    'p99 ms': of(({ p99 }) => p99),
    'p99 early': of(({ earlyP99 }) => earlyP99),
    'p99 late': of(({ lateP99 }) => lateP99),
    'behind ms': of(({ behindMs }) => behindMs),
    missing: results.reduce((sum, { missing }) => sum + missing, 0),
    resyncs: results.reduce((sum, { resyncs }) => sum + resyncs, 0),
    messages: of(({ messages }) => messages),
    MiB: of(({ bytes }) => bytes / MIB),
    ...Object.fromEntries(parts.map((part) => [`µs ${part}`, of(({ cpu }) => cpu[part] ?? 0)])),
  };
};

export function compared(stand: Stand, { runs }: Pick<Settings, 'runs'>, load: Load): Promise<Table> {
  needDescriptors(load.sockets);
  return Side.both(stand, {}, async (sides) => {
    const contests: Contest[] = [];
    for (const side of sides) contests.push(await Contest.open(side, stand, load));
    for (let run = 0; run <= runs; run++)
      for (const contest of contests) {
        await settle(stand);
        const result = await contest.run();
        if (run > 0) contest.results.push(result);
      }
    const rows = contests.map(({ side, results }) => [TITLES[side.name], rowOf(results)]);
    return { title: load.title, rows: Object.fromEntries(rows) };
  });
}
