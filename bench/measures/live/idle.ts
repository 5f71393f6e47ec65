/** What a connection costs on which nothing happens: memory of the node, after garbage was collected. */
import { setTimeout as sleep } from 'node:timers/promises';
import { median } from '../../_kit/figures.ts';
import { Side, TITLES } from '../../_kit/live/sides.ts';
import type { SideName } from '../../_kit/live/writing.ts';
import { type Memory, memoryOf, PROBED } from '../../_kit/memory.ts';
import type { Row } from '../../_kit/report.ts';
import type { Settings } from '../../_kit/settings.ts';
import type { Stand } from '../../_kit/stand.ts';
import type { Part } from './part.ts';

const SITE = 'idle';
const CARDS = 5;
const KIB = 2 ** 10;
/** The first connections load code and grow tables once. */
const FIRST = 0.2;
/** After the pictures of the board went out, and the presence of all was told. */
const CALM_MS = 2_000;
const SIDES: readonly SideName[] = ['andon', 'plain'];

/** Bytes per connection. */
const perConnection = (name: SideName, stand: Stand, { idle: count }: Settings): Promise<Memory> =>
  Side.with(name, stand, { nodes: 1, flags: PROBED }, async (side) => {
    await side.prepare([SITE], CARDS);
    const held = async (more: number): Promise<Memory> => {
      await side.gather('board', Array<string>(more).fill(SITE));
      await side.generate({ do: 'open', urls: side.urls });
      await sleep(CALM_MS);
      return memoryOf(side.nodes);
    };
    const before = await held(Math.ceil(count * FIRST));
    const after = await held(count);
    return { resident: (after.resident - before.resident) / count, held: (after.held - before.held) / count };
  });

export const idle: Part = {
  sites: () => [SITE],
  async measure(stand, settings) {
    const found = new Map<SideName, Memory[]>(SIDES.map((name) => [name, []]));
    for (let run = 0; run < settings.runs; run++)
      for (const name of SIDES) found.get(name)?.push(await perConnection(name, stand, settings));
    const own = found.get('andon') ?? [];
    const row = (all: readonly Memory[]): Row => {
      const held = median(all.map((one) => one.held));
      return {
        'KiB held': held / KIB,
        'KiB resident': median(all.map(({ resident }) => resident)) / KIB,
        'andon ÷ it': median(own.map((one) => one.held)) / held,
      };
    };
    const title = `${settings.idle} connections that watch a board on which nothing happens, one node: memory of each`;
    return [{ title, rows: Object.fromEntries(SIDES.map((name) => [TITLES[name], row(found.get(name) ?? [])])) }];
  },
};
