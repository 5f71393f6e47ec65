/** One client floods a node, in several ways; what the commands of the others on that node take, with it and without. */
import { join } from 'node:path';
import { NAMESPACE, uuid5 } from '../../../src/uuid5.ts';
import { askProcess } from '../../_kit/ask.ts';
import { ofProcess } from '../../_kit/cpu.ts';
import { median } from '../../_kit/figures.ts';
import type { Flood, FloodAsk, Flooded } from '../../_kit/live/flooder.ts';
import { Side } from '../../_kit/live/sides.ts';
import type { Talked } from '../../_kit/live/talkers.ts';
import { forked } from '../../_kit/process.ts';
import type { Row } from '../../_kit/report.ts';
import { residentOf } from '../../_kit/resident.ts';
import { type Signee, signIn } from '../../_kit/sessions.ts';
import { settle } from '../../_kit/settle.ts';
import type { Stand } from '../../_kit/stand.ts';
import type { Part } from './part.ts';

const SITE = 'flood';
const TALKERS = 20;
/** Of the twenty together. */
const PER_SECOND = 100;
/** The limits of the product's defaults hold here. */
const LIMITS = { ANDON_REQUESTS_PER_SECOND: '200' };
const MIB = 2 ** 20;

const FLOODS = {
  'nobody floods': undefined,
  'one sends commands': 'commands',
  'one opens the board': 'boards',
  'one opens it and never reads': 'unread',
} as const satisfies Readonly<Record<string, Flood | undefined>>;

interface Result extends Talked, Flooded {
  /** Microseconds of the node each second. */
  readonly node: number;
  /** Of the node, bytes, at the end. */
  readonly resident: number;
}

const rowOf = (results: readonly Result[], alone: readonly Result[]): Row => {
  const of = (pick: (result: Result) => number): number => median(results.map(pick));
  const p99 = of((result) => result.p99);
  return {
    commands: of(({ commands }) => commands),
    'p50 ms': of(({ p50 }) => p50),
    'p99 ms': p99,
    'times alone': p99 / median(alone.map((result) => result.p99)),
    refused: results.reduce((sum, { refused }) => sum + refused, 0),
    'sent/s by the one': of(({ sent }) => sent),
    'times closed': of(({ closed }) => closed),
    'ms of node a second': of(({ node }) => node / 1_000),
    'MiB of node': of(({ resident }) => resident / MIB),
  };
};

const personOf = (n: number): Signee => ({
  id: uuid5(NAMESPACE.duty, `bench talker ${n}`),
  role: 'supervisor',
  site: SITE,
});

/** The one that will flood, and its order; the others begin to talk on the node. */
async function gather(side: Side, stand: Stand, cards: number): Promise<Pick<FloodAsk, 'url' | 'token' | 'order'>> {
  const [order = '', ...others] = Object.keys(await side.prepare([SITE], Math.max(cards, TALKERS + 1)));
  const people = Array.from({ length: TALKERS + 1 }, (_, n) => personOf(n));
  const [token = '', ...tokens] = await signIn(stand, people);
  const url = side.urls[0] ?? '';
  const talkers = tokens.map((one, n) => ({ token: one, order: others[n] ?? '' }));
  await side.generate({ do: 'talkers', url, talkers });
  return { url, token, order };
}

async function once(side: Side, flooding: () => Promise<Flooded>, seconds: number): Promise<Result> {
  const pid = side.nodes[0]?.pid ?? 0;
  const used = ofProcess(pid);
  const before = used();
  const [talked, { sent, closed }] = await Promise.all([
    side.generate<Talked>({ do: 'talk', perSecond: PER_SECOND, ms: seconds * 1_000 }),
    flooding(),
  ]);
  return { ...talked, closed, sent: sent / seconds, node: (used() - before) / seconds, resident: residentOf(pid) };
}

export const flood: Part = {
  sites: () => [SITE],
  measure: (stand, { runs, liveSeconds: seconds, cards }) =>
    Side.with('andon', stand, { nodes: 1, env: LIMITS }, async (side) => {
      const flooder = await forked(join(import.meta.dirname, '../../_kit/live/flooder.ts'), [], {});
      try {
        const one = await gather(side, stand, cards);
        const floodBy = async (how: Flood | undefined): Promise<Flooded> =>
          how === undefined
            ? { sent: 0, closed: 0 }
            : askProcess<Flooded>(flooder, { ...one, flood: how, site: SITE, ms: seconds * 1_000 } satisfies FloodAsk);
        const found = Object.entries(FLOODS).map(([name, how]) => ({ name, how, results: [] as Result[] }));
        for (let run = 0; run <= runs; run++)
          for (const { how, results } of found) {
            await settle(stand);
            const result = await once(side, () => floodBy(how), seconds);
            if (run > 0) results.push(result);
          }
        const alone = found[0]?.results ?? [];
        const title = `${TALKERS} clients send ${PER_SECOND} commands/s to a node, beside one that floods it`;
        return [{ title, rows: Object.fromEntries(found.map(({ name, results }) => [name, rowOf(results, alone)])) }];
      } finally {
        await flooder.stop();
      }
    }),
};
