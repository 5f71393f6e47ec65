/**
 * A node dies and all its clients come back, to the other one, each after up to a second: from a client's first attempt
 * until it has everything. The node that takes them reaches Postgres by way of a proxy that counts.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { countStatements } from '../../_kit/counting-proxy.ts';
import { type Cpu, cpuNow, cpuPer, ofProcess } from '../../_kit/cpu.ts';
import { median } from '../../_kit/figures.ts';
import type { ComeBack } from '../../_kit/live/crowd.ts';
import { Side, startNode, TITLES } from '../../_kit/live/sides.ts';
import type { Row } from '../../_kit/report.ts';
import type { Settings } from '../../_kit/settings.ts';
import { settle } from '../../_kit/settle.ts';
import type { Stand } from '../../_kit/stand.ts';
import type { Web } from '../../_kit/web.ts';
import type { Part } from './part.ts';

const SITE = 'resume';
const JITTER_MS = 1_000;
/** Changes go on meanwhile, so that everybody missed some. */
const PER_SECOND = 10;
/** Until the node dies. */
const BEFORE_MS = 500;
const MIB = 2 ** 20;

interface Result extends ComeBack {
  readonly statements: number;
  /** What the node asked in as much time before. */
  readonly idleStatements: number;
  /** Microseconds of the node that takes them, per client. */
  readonly cpu: Cpu;
}

interface Entry {
  readonly side: Side;
  readonly orders: readonly string[];
  readonly results: Result[];
}

async function once({ side, orders }: Entry, stand: Stand, { sockets }: Settings): Promise<Result> {
  const proxy = await countStatements(stand.databaseUrl);
  const admin = await countStatements(stand.adminUrl);
  const counted = (): number => proxy.statements + admin.statements;
  const nodes: Web[] = [];
  try {
    const dying = await startNode(side.name, stand, {});
    nodes.push(dying);
    const other = await startNode(side.name, { ...stand, databaseUrl: proxy.url, adminUrl: admin.url }, {});
    nodes.push(other);
    await side.gather('board', Array<string>(sockets).fill(SITE));
    await side.generate({ do: 'open', urls: [dying.url] });
    await settle(stand);
    const idleFrom = counted();
    await sleep(BEFORE_MS + JITTER_MS);
    const idle = (counted() - idleFrom) / (BEFORE_MS + JITTER_MS);
    const back = side.generate<ComeBack>({ do: 'come back', urls: [dying.url, other.url], jitterMs: JITTER_MS });
    const ms = BEFORE_MS + JITTER_MS;
    const changes = side.write({ do: 'change', orders, told: 'board', perSecond: PER_SECOND, ms });
    await sleep(BEFORE_MS);
    const before = counted();
    const meter = { node: ofProcess(other.pid), ...stand.meter };
    const cpuBefore = cpuNow(meter);
    const begun = performance.now();
    await dying.kill();
    const result = await back;
    const took = performance.now() - begun;
    const cpu = cpuPer(result.clients, meter, cpuBefore);
    const statements = counted() - before;
    await changes;
    await side.generate({ do: 'close' });
    return { ...result, statements, idleStatements: idle * took, cpu };
  } finally {
    for (const node of nodes) await node.stop();
    await proxy.close();
    await admin.close();
  }
}

const rowOf = (results: readonly Result[]): Row => {
  const of = (pick: (result: Result) => number): number => median(results.map(pick));
  const parts = Object.keys(results[0]?.cpu ?? {});
  return {
    clients: of(({ clients }) => clients),
    'p50 ms': of(({ p50 }) => p50),
    'p99 ms': of(({ p99 }) => p99),
    attempts: of(({ attempts }) => attempts),
    'shown anew': of(({ wholes }) => wholes),
    MiB: of(({ bytes }) => bytes / MIB),
    'statements of the node': of(({ statements }) => statements),
    'of an idle one': of(({ idleStatements }) => idleStatements),
    ...Object.fromEntries(parts.map((part) => [`µs ${part}`, of(({ cpu }) => cpu[part] ?? 0)])),
  };
};

export const resume: Part = {
  sites: () => [SITE],
  measure: (stand, settings) =>
    Side.both(stand, { nodes: 0 }, async (sides) => {
      const entries: Entry[] = [];
      for (const side of sides) {
        const orders = Object.keys(await side.prepare([SITE], settings.cards));
        entries.push({ side, orders, results: [] });
      }
      for (let run = 0; run <= settings.runs; run++)
        for (const entry of entries) {
          const result = await once(entry, stand, settings);
          if (run > 0) entry.results.push(result);
        }
      const title = `${settings.sockets} clients of a board of ${settings.cards} cards whose node is killed: until each has everything again`;
      const rows = entries.map(({ side, results }) => [TITLES[side.name], rowOf(results)]);
      return [{ title, rows: Object.fromEntries(rows) }];
    }),
};
