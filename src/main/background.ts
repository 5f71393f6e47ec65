/** The processes that serve nobody: workers and keepers. */
import { openKeeper } from '../../gateways/work/keeper.ts';
import { openWorker } from '../../gateways/work/worker.ts';
import type { Core } from '../core.ts';
import { sandbox } from '../geometry/sandbox.ts';
import { Health } from '../telemetry/health.ts';
import { DEFINITIONS } from './definitions.ts';
import { openHouse } from './house.ts';
import type { Running } from './running.ts';

/** Ready from the beginning: nobody sends them anything. */
function healthOf(core: Core, degraded: () => readonly string[]): Health {
  const health = new Health({ ...core, degraded });
  health.starting = false;
  return health;
}

export async function worker(core: Core): Promise<Running> {
  const house = await openHouse(core);
  const running = openWorker(core, house);
  running.start();
  const { missing } = await sandbox();
  // Hostile models are read with fewer limits here.
  const open = missing.length > 0 ? ['sandbox'] : [];
  if (missing.length > 0) core.log.warn({ event_type: 'sandbox', missing }, 'models are read with fewer limits');
  return { health: healthOf(core, () => [...open, ...house.degraded()]), stop: () => running.stop() };
}

export async function keeper(core: Core): Promise<Running> {
  const house = await openHouse(core);
  const { tariffs, runtime, hashOf } = house;
  const sites = tariffs().map(({ site }) => site);
  const running = openKeeper(core, { definitions: DEFINITIONS, runtime, hashOf, sites });
  return { health: healthOf(core, house.degraded), stop: () => running.stop() };
}
