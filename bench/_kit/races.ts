/** Races: all operators want the same order at the same moment; one gets it, and all are told. */
import type { Contender } from './contender.ts';
import { median } from './figures.ts';
import { type Members, PROCESSES } from './members.ts';

export interface RaceResult {
  readonly races: number;
  readonly winners: number;
  /** Milliseconds until all know who has it. */
  readonly p50: number;
}

async function finish(contender: Contender, order: string, winners: readonly number[]): Promise<void> {
  const [winner] = winners;
  if (winner === undefined || winners.length !== 1) throw new Error(`${contender.name}: ${winners.length} winners`);
  await contender.step('start', order, winner);
  await contender.step('complete', order, winner);
}

async function timed(
  contender: Contender,
  orders: readonly string[],
  race: (order: string) => Promise<readonly number[]>,
): Promise<RaceResult> {
  const times: number[] = [];
  let winners = 0;
  for (const order of orders) {
    const begun = performance.now();
    const won = await race(order);
    times.push(performance.now() - begun);
    winners += won.length;
    await finish(contender, order, won);
  }
  return { races: orders.length, winners, p50: median(times) };
}

export const races = (contender: Contender, orders: readonly string[], operators: number): Promise<RaceResult> =>
  timed(contender, orders, async (order) => {
    const won = await Promise.all(
      Array.from({ length: operators }, (_, operator) => contender.step('capture', order, operator)),
    );
    return won.flatMap((accepted, operator) => (accepted ? [operator] : []));
  });

/** The same with the operators spread over processes; with the time that the question needs to get there. */
export const racesOver = (
  members: Members,
  contender: Contender,
  orders: readonly string[],
  operators: number,
): Promise<RaceResult> => {
  const all = Array.from({ length: operators }, (_, operator) => operator);
  return timed(contender, orders, async (order) => {
    const told = await members.ask((member) => ({
      do: 'race',
      order,
      operators: all.filter((operator) => operator % PROCESSES === member),
    }));
    return told.flatMap(({ winners = [] }) => winners);
  });
};
