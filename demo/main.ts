/**
 * The people of the demo: `node demo/main.ts URL LOGINS`, a process of its own that comes in by the front door like everybody
 * else. It remembers nothing that matters: what somebody does next is told by the orders themselves, so it may be killed
 * and started again at any moment. SIGINT or SIGTERM ends it.
 */
import { pause } from '../web/client/pause.ts';
import { Cast, type Role } from './cast.ts';
import { Market } from './decide/market.ts';
import { makeLog } from './log.ts';
import { playBuyer } from './players/buyer.ts';
import { playPacker, playQuality } from './players/floor.ts';
import { playCarrier, playCrm } from './players/office.ts';
import { playOperator } from './players/operator.ts';
import { playPartner } from './players/partner.ts';
import { readCatalog, type Stage, untilDone } from './stage.ts';
import { Tally } from './tally.ts';

const PLAYERS: Readonly<Record<string, (stage: Stage, role: Role) => Promise<void>>> = {
  buyer: playBuyer,
  partner: playPartner,
  operator: playOperator,
  packer: playPacker,
  quality: playQuality,
  crm: playCrm,
  carrier: playCarrier,
};

const TELL_MS = 60_000;
const LOOK_MS = 3_000;
const KNOCK_MS = 30_000;

const [url = '', logins = ''] = process.argv.slice(2);
const log = makeLog(process.env['ANDON_LOG'] || 'info');
const over = new AbortController();
const stop = over.signal;

/** As soon as there are any: the next `up --demo` writes them down again. */
async function people(cast: Cast): Promise<readonly Role[]> {
  for (let told = false; ; told = true) {
    const roles = cast.all();
    if (roles.length > 0 || stop.aborted) return roles;
    if (!told) log.warn({ event_type: 'nobody_to_play', file: logins }, 'nobody to play');
    await pause(LOOK_MS, stop).catch(() => undefined);
  }
}

async function main(): Promise<void> {
  const pace = Number(process.env['ANDON_DEMO_PACE'] || 1);
  const cast = new Cast(logins);
  log.info({ event_type: 'started', pid: process.pid, pace }, 'the demo runs');
  if (process.connected) process.send?.('running'); // the launcher waits for this word
  const roles = await people(cast);
  const catalog = await untilDone({ stop, log, knockMs: KNOCK_MS }, 'catalog', () => readCatalog(url));
  if (catalog === undefined) return;
  const [market, tally] = [new Market(pace), new Tally()];
  const stage: Stage = { url, pace, knockMs: KNOCK_MS, stop, log, cast, tally, market, catalog, played: new Set() };
  const telling = setInterval(() => tally.tell(log, market.cards), TELL_MS);
  await Promise.all(roles.map((role) => PLAYERS[role.role]?.(stage, role)));
  clearInterval(telling);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    over.abort();
    process.exit(0); // every command that counts was answered, or its order tells
  });
const failed = (error: unknown): never => {
  log.fatal({ event_type: 'failed', error: error instanceof Error ? error.stack : String(error) }, 'failed');
  process.exit(1);
};
process.on('unhandledRejection', failed);
await main().catch(failed);
