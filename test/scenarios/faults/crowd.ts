/**
 * Many who only look: boards and followed orders, each over a line that breaks at random, half of them through nginx.
 * Whatever they are shown wrong goes to the book.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { none } from './end-log.ts';
import { headsOf, liveBoardsAreLog } from './end-views.ts';
import { Follower } from './follower.ts';
import type { House } from './house.ts';
import { LiveBoard } from './live-board.ts';
import { SITES } from './traffic.ts';

export interface CrowdOptions {
  readonly boards: number;
  readonly followers: number;
  /** Nobody is cut off for longer, milliseconds. */
  readonly longestMs: number;
}

const SHORTEST_MS = 10;
/** Each is cut about so often. */
const EVERY_MS = 15_000;
const LOOK_MS = 50;

export class Crowd {
  readonly boards: readonly LiveBoard[];
  readonly #followers: readonly Follower[];
  readonly #house: House;
  readonly #options: CrowdOptions;
  #cutting = false;
  #loop: Promise<void> | undefined;
  cuts = 0;

  constructor(house: House, options: CrowdOptions) {
    const { product, traffic } = house;
    const { book, supervisors } = traffic;
    this.#house = house;
    this.#options = options;
    const whoAt = (i: number) => {
      const site = i % 4 === 3 ? SITES[1] : SITES[0];
      const api = supervisors.get(site);
      if (api === undefined) throw new Error(`nobody looks after ${site}`);
      return { site, api, nodes: i % 2 === 0 ? product.nodes : [product.url] };
    };
    this.boards = Array.from({ length: options.boards }, (_, i) => {
      const { site, api, nodes } = whoAt(i);
      return new LiveBoard(book, api, site, nodes, i);
    });
    this.#followers = Array.from({ length: options.followers }, (_, i) => {
      const { site, api, nodes } = whoAt(i);
      const board = traffic.boards.find((one) => one.site === site);
      if (board === undefined) throw new Error(`nobody works at ${site}`);
      return new Follower(book, api, board, nodes, i);
    });
  }

  /** From now on lines are cut. */
  begin(): void {
    if (this.#cutting) return;
    this.#cutting = true;
    this.#loop = this.#cutAtRandom();
  }

  /** Nobody is cut off any more. */
  async calm(): Promise<void> {
    this.#cutting = false;
    await this.#loop;
    for (const one of [...this.boards, ...this.#followers]) one.comeBack();
  }

  /** The longest that anybody's board was not live while this ran, milliseconds. */
  async longestGap(act: () => Promise<unknown>): Promise<number> {
    const since = new Map<LiveBoard, number>();
    let [longest, over] = [0, false];
    const watch = async (): Promise<void> => {
      while (!over) {
        const now = Date.now();
        for (const board of this.boards) {
          if (board.live) since.delete(board);
          else if (!since.has(board)) since.set(board, now);
          longest = Math.max(longest, now - (since.get(board) ?? now));
        }
        await sleep(LOOK_MS);
      }
    };
    const watching = watch();
    try {
      await act();
    } finally {
      over = true;
      await watching;
    }
    return longest;
  }

  /** Nobody writes: every board is the log, every followed order is at its newest version. */
  async isRight(when: string): Promise<void> {
    const { traffic, sight } = this.#house;
    await traffic.pause();
    try {
      await sight(async (client) => {
        const heads = await headsOf(client);
        await liveBoardsAreLog(heads, this.boards, when);
        const byId = new Map(heads.map((head) => [head.actor_id, head]));
        for (const follower of this.#followers) await follower.areAtHead(byId, when);
      });
    } finally {
      traffic.resume();
    }
    none(traffic.book.faults.splice(0), `what they saw until ${when}`);
  }

  async close(): Promise<void> {
    await this.calm();
    for (const one of [...this.boards, ...this.#followers]) one.close();
  }

  async #cutAtRandom(): Promise<void> {
    const all = [...this.boards, ...this.#followers];
    while (this.#cutting) {
      const one = all[Math.floor(Math.random() * all.length)];
      one?.cut(this.#anyTime());
      this.cuts += 1;
      for (const follower of this.#followers) if (Math.random() < 0.1) follower.turn();
      await sleep(EVERY_MS / all.length);
    }
  }

  /** Short ones as often as long ones. */
  #anyTime(): number {
    return SHORTEST_MS * (this.#options.longestMs / SHORTEST_MS) ** Math.random();
  }
}
