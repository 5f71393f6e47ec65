/** The processes that serve nobody: workers and keepers. */
import { operator } from '../../actors/operator/operator.ts';
import { order } from '../../actors/order/order.ts';
import { openKeeper } from '../../gateways/work/keeper.ts';
import { openWorker } from '../../gateways/work/worker.ts';
import type { Core } from '../core.ts';
import type { AnyDefinition } from '../runtime/judge.ts';
import { openHouse } from './house.ts';
import type { Running } from './running.ts';

const DEFINITIONS: readonly AnyDefinition[] = [order, operator];

export async function worker(core: Core): Promise<Running> {
  const running = openWorker(core, await openHouse(core));
  running.start();
  return { stop: () => running.stop() };
}

export async function keeper(core: Core): Promise<Running> {
  const { tariffs, runtime, hashOf } = await openHouse(core);
  const definitions = new Map(DEFINITIONS.map((definition) => [definition.kind, definition]));
  return openKeeper(core, { definitions, runtime, hashOf, sites: tariffs().map(({ site }) => site) });
}
