/** Clients that come and go for a long time: what the nodes hold, at regular moments, and whether it grows. */
import { setTimeout as sleep } from 'node:timers/promises';
import { descriptorsOf } from '../../_kit/descriptors.ts';
import type { Churned } from '../../_kit/live/churning.ts';
import { Side } from '../../_kit/live/sides.ts';
import { memoryOf, PROBED } from '../../_kit/memory.ts';
import type { Row, Table } from '../../_kit/report.ts';
import type { Part } from './part.ts';

const SITE = 'churn';
const CARDS = 20;
const PER_SECOND = 5;
/** Longest life of a client. */
const LIFE_MS = 8_000;
const MINUTE_MS = 60_000;
/** At least so many looks. */
const LOOKS = 6;
/** What the first clients leave behind is there once. */
const WARM_UP = 0.25;
/** Until the nodes have noticed that everybody went, and presence was told. */
const GONE_MS = 3_000;
const MIB = 2 ** 20;

interface Look {
  readonly minutes: number;
  readonly resident: number;
  readonly held: number;
  readonly descriptors: number;
}

/** Least squares, per minute. */
function slopeOf(looks: readonly Look[], pick: (look: Look) => number): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
  const [x, y] = [mean(looks.map(({ minutes }) => minutes)), mean(looks.map(pick))];
  const over = looks.reduce((sum, look) => sum + (look.minutes - x) * (pick(look) - y), 0);
  const under = looks.reduce((sum, { minutes }) => sum + (minutes - x) ** 2, 0);
  return under === 0 ? 0 : over / under;
}

const rowOf = ({ resident, held, descriptors }: Look): Row => ({
  'MiB resident': resident / MIB,
  'MiB held': held / MIB,
  descriptors,
});

function tablesOf(looks: readonly Look[], title: string, { opened, failed }: Churned): readonly Table[] {
  const [before, ...during] = looks.slice(0, -1);
  const last = looks.at(-1);
  const name = (look: Look): string => `minute ${look.minutes.toFixed(during.length > 0 && look.minutes < 1 ? 2 : 1)}`;
  const warm = during.slice(Math.floor(during.length * WARM_UP));
  const rows = [
    ...(before === undefined ? [] : [['before', rowOf(before)] as const]),
    ...during.map((look) => [name(look), rowOf(look)] as const),
    ...(last === undefined ? [] : [['all gone', rowOf(last)] as const]),
  ];
  const slope = {
    'KiB resident/min': slopeOf(warm, ({ resident }) => resident) / 1_024,
    'KiB held/min': slopeOf(warm, ({ held }) => held) / 1_024,
    'descriptors/min': slopeOf(warm, ({ descriptors }) => descriptors),
    opened,
    failed,
  };
  return [
    { title, rows: Object.fromEntries(rows) },
    { title: 'How it grows, without the first quarter', rows: { 'two nodes': slope } },
  ];
}

export const churn: Part = {
  sites: () => [SITE],
  measure: (stand, { sockets, churnMinutes }) =>
    Side.with('andon', stand, { flags: PROBED }, async (side) => {
      const orders = Object.keys(await side.prepare([SITE], CARDS));
      await side.gather('board', Array<string>(sockets).fill(SITE));
      const ms = churnMinutes * MINUTE_MS;
      const begun = performance.now();
      const look = async (): Promise<Look> => ({
        minutes: (performance.now() - begun) / MINUTE_MS,
        ...(await memoryOf(side.nodes)),
        descriptors: side.nodes.reduce((sum, { pid }) => sum + descriptorsOf(pid), 0),
      });
      const looks = [await look()];
      const lifeMs = Math.min(LIFE_MS, ms / 4);
      const churned = side.generate<Churned>({ do: 'churn', urls: side.urls, ms, lifeMs });
      const changed = side.write({ do: 'change', orders, told: 'board', perSecond: PER_SECOND, ms });
      const every = Math.min(MINUTE_MS, ms / LOOKS);
      for (let due = every; due < ms; due += every) {
        await sleep(Math.max(0, begun + due - performance.now()));
        looks.push(await look());
      }
      const done = await churned;
      await changed;
      await sleep(Math.min(GONE_MS, ms));
      looks.push(await look());
      return tablesOf(looks, `${sockets} clients come and go, two nodes together`, done);
    }),
};
