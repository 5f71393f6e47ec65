/** What needs a log of many orders: filling it takes minutes, so what runs together shares it. */
import { openFilled } from '../_kit/many.ts';
import type { Report, Table } from '../_kit/report.ts';
import type { Settings } from '../_kit/settings.ts';
import type { Stand } from '../_kit/stand.ts';
import { growth as measureGrowth } from './growth.ts';
import { pages } from './pages.ts';
import { timeline } from './timeline.ts';
import { unchanged } from './unchanged.ts';

async function onMany(settings: Settings, measure: (stand: Stand) => Promise<readonly Table[]>): Promise<Report> {
  const stand = await openFilled({ orders: settings.big, board: settings.board });
  try {
    return { tables: await measure(stand), notes: [] };
  } finally {
    await stand.close();
  }
}

const allReads = async (stand: Stand, settings: Settings): Promise<readonly Table[]> => [
  await unchanged(stand, settings),
  ...(await pages(stand, settings)),
  await timeline(stand, settings),
];

export const reads = (settings: Settings): Promise<Report> => onMany(settings, (stand) => allReads(stand, settings));

export const growth = (settings: Settings): Promise<Report> =>
  onMany(settings, async (stand) => [await measureGrowth(stand, settings)]);

/** The reads first: the storms add orders. */
export const readsAndGrowth = (settings: Settings): Promise<Report> =>
  onMany(settings, async (stand) => [...(await allReads(stand, settings)), await measureGrowth(stand, settings)]);
