/** The same storm where few orders stand in the log, and where very many do. */
import type { Contender } from '../_kit/contender.ts';
import { openContender } from '../_kit/contenders.ts';
import { ofThisProcess } from '../_kit/cpu.ts';
import { openFilled } from '../_kit/many.ts';
import type { Table } from '../_kit/report.ts';
import type { Settings } from '../_kit/settings.ts';
import { settle } from '../_kit/settle.ts';
import type { Stand } from '../_kit/stand.ts';
import { type StormResult, storm } from '../_kit/storm.ts';
import { stormRow } from './rows.ts';

interface Entry {
  readonly name: string;
  readonly stand: Stand;
  readonly contender: Contender;
  readonly results: StormResult[];
}

async function entry(orders: number, stand: Stand, operators: number): Promise<Entry> {
  const contender = await openContender('andon', stand, operators);
  await contender.begin();
  return { name: `${orders} orders`, stand, contender, results: [] };
}

/** Both logs at once, run by run, so that both see the same machine. */
export async function growth(big: Stand, settings: Settings): Promise<Table> {
  const { operators, runs } = settings;
  const small = await openFilled({ orders: settings.small, board: settings.board });
  const entries: Entry[] = [];
  try {
    entries.push(await entry(settings.small, small, operators), await entry(settings.big, big, operators));
    for (let run = 0; run <= runs; run++)
      for (const { stand, contender, results } of entries) {
        const orders = await contender.prepare(settings.orders);
        await settle(stand);
        const result = await storm(contender, orders, operators, { node: ofThisProcess, ...stand.meter });
        if (run > 0) results.push(result);
      }
    const grown = entries[1]?.results ?? [];
    return {
      title: 'Growth: the storm by how many orders stood in the log before ("andon ÷ it": the big log ÷ it)',
      rows: Object.fromEntries(entries.map(({ name, results }) => [name, stormRow(results, grown)])),
    };
  } finally {
    for (const { contender } of entries) await contender.close();
    await small.close();
  }
}
