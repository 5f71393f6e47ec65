/**
 * What must be true after every fault, once everything is answered and no job runs:
 *
 * E1 Nothing lost or doubled: every accepted command stands in the log once, at the version and with the state that was
 *    answered; no refused one does. Versions have no gaps, and the events make the states.
 * E2 One holder at a time: nobody captures what is held, the claims are what is held, nobody has more than the limit.
 * E3 Board = log: pages of every site from every node, and the live boards of all who were there all along. The list of
 *    orders has the heads of the log; the partner's feed has its part of the log, in order, once.
 * E4 No job is stuck, none is dead.
 * E5 Every process and server lives and is ready.
 */
import type { Client } from 'pg';
import { until } from '../../_kit/until.ts';
import { jobsAreDone, none, nothingLost, oneHolder, SOON_MS } from './end-log.ts';
import { boardsAreLog, headsOf, listIsLog, nothingMoved, WholeFeed } from './end-views.ts';
import type { House } from './house.ts';

export class EndCheck {
  readonly #house: Omit<House, 'end'>;
  readonly #feed = new WholeFeed();
  /** Rows up to here were looked at. */
  #seq = '0';

  constructor(house: Omit<House, 'end'>) {
    this.#house = house;
  }

  /** Leaves the traffic as it found it: flowing. */
  async run(when: string): Promise<void> {
    const { traffic, product } = this.#house;
    await this.#quietly(async (client) => {
      await this.#everybodyLives(when);
      await this.#ordersAreRight(client, when);
      const heads = await headsOf(client);
      try {
        await listIsLog(client, when);
        await boardsAreLog(heads, product.nodes, traffic, when);
        await this.#feed.isLog(heads, traffic, when);
      } finally {
        await nothingMoved(client, heads);
      }
    });
    none(traffic.book.faults.splice(0), `what clients saw until ${when}`);
  }

  /** E1, E2 and the boards, which live by the turns' own writes: while no feed moves. */
  async whileStalled(when: string): Promise<void> {
    const { traffic, product } = this.#house;
    await this.#quietly(async (client) => {
      await this.#ordersAreRight(client, when);
      await boardsAreLog(await headsOf(client), product.nodes, traffic, when);
    });
  }

  async #quietly(look: (client: Client) => Promise<void>): Promise<void> {
    const { traffic, sight } = this.#house;
    await traffic.pause();
    try {
      await sight(look);
    } finally {
      traffic.resume();
    }
  }

  async #ordersAreRight(client: Client, when: string): Promise<void> {
    const { book, limit } = this.#house.traffic;
    await jobsAreDone(client, when);
    await nothingLost(client, book.answered.splice(0));
    this.#seq = await oneHolder(client, this.#seq, limit);
  }

  async #everybodyLives(when: string): Promise<void> {
    const { product, fleet } = this.#house;
    let last = 'no answer';
    await until(
      `every process and server is there ${when}`,
      async () => {
        const { ready, processes, servers } = await product.status();
        const names = [...processes.map(({ type, index }) => `${type} ${index}`), ...servers.map(({ name }) => name)];
        last = JSON.stringify({ ready, names });
        return ready && JSON.stringify(names.sort()) === JSON.stringify(fleet);
      },
      SOON_MS,
    ).catch((error: Error) => {
      throw new Error(`${error.message}: ${last}`);
    });
  }
}
