/**
 * A storm over one web node, by REST or by sockets, with sessions, schemas and everything on; against a node as bare as
 * one can be, which has none of that. The generator is this process, and its processor time is not the node's.
 */
import { andonRest } from '../_kit/andon-rest.ts';
import { andonSockets } from '../_kit/andon-sockets.ts';
import { startBare } from '../_kit/bare.ts';
import { bareRest, bareSockets } from '../_kit/bare-lines.ts';
import type { Contender } from '../_kit/contender.ts';
import { openContender } from '../_kit/contenders.ts';
import { ofProcess, ofThisProcess } from '../_kit/cpu.ts';
import type { Report } from '../_kit/report.ts';
import type { Settings } from '../_kit/settings.ts';
import { settle } from '../_kit/settle.ts';
import { openStand } from '../_kit/stand.ts';
import { type StormResult, storm } from '../_kit/storm.ts';
import { startWeb } from '../_kit/web.ts';
import { stormRow } from './rows.ts';

interface Entry {
  readonly contender: Contender;
  readonly pid: number;
  readonly results: StormResult[];
}

const EDGES = {
  REST: { ours: andonRest, bare: bareRest },
  sockets: { ours: andonSockets, bare: bareSockets },
} as const;

async function edge(name: keyof typeof EDGES, settings: Settings): Promise<Report> {
  const { operators, runs } = settings;
  const stand = await openStand();
  const [web, bare] = [await startWeb(stand), await startBare(stand)];
  const ours = await openContender('andon', stand, operators);
  const peer = await openContender('pg-cte', stand, operators);
  const entries: Entry[] = [];
  try {
    await ours.begin();
    await peer.begin();
    const { ours: overUs, bare: overBare } = EDGES[name];
    entries.push(
      { contender: await overUs(stand, web.url, ours, operators), pid: web.pid, results: [] },
      { contender: await overBare(bare.url, peer, operators), pid: bare.pid, results: [] },
    );
    for (let run = 0; run <= runs; run++)
      for (const { contender, pid, results } of entries) {
        const orders = await contender.prepare(settings.orders);
        await settle(stand);
        const meter = { generator: ofThisProcess, web: ofProcess(pid), ...stand.meter };
        const result = await storm(contender, orders, operators, meter);
        if (run > 0) results.push(result);
      }
    const own = entries[0]?.results ?? [];
    const rows = entries.map(({ contender, results }) => [contender.name, stormRow(results, own)]);
    return { tables: [{ title: `Storm over ${name}, one web node`, rows: Object.fromEntries(rows) }], notes: [] };
  } finally {
    for (const { contender } of entries) await contender.close();
    await Promise.all([ours.close(), peer.close(), web.stop(), bare.stop()]);
    await stand.close();
  }
}

export const rest = (settings: Settings): Promise<Report> => edge('REST', settings);
export const sockets = (settings: Settings): Promise<Report> => edge('sockets', settings);
