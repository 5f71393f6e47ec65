/**
 * Many who only look: boards and followed orders, each over a line that breaks at random, half of them through nginx, some
 * by our own client library. Whatever they are shown wrong goes to the book.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type CutProxy, cutProxy } from '../../_kit/cut-proxy.ts';
import { until } from '../../_kit/until.ts';
import { none } from './end-log.ts';
import { headsOf, liveBoardsAreLog } from './end-views.ts';
import { Follower } from './follower.ts';
import type { House } from './house.ts';
import { LibraryBoard } from './library-board.ts';
import { LiveBoard } from './live-board.ts';
import { SITES } from './traffic.ts';

export interface CrowdOptions {
  readonly boards: number;
  /** Boards by our own client library. */
  readonly library: number;
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
  readonly #library: readonly LibraryBoard[];
  /** Before nginx, for the library. */
  readonly #proxy: CutProxy;
  readonly #house: House;
  readonly #options: CrowdOptions;
  #cutting = false;
  #loop: Promise<void> | undefined;
  cuts = 0;

  private constructor(house: House, options: CrowdOptions, proxy: CutProxy, library: readonly LibraryBoard[]) {
    const { product, traffic } = house;
    const { book, supervisors } = traffic;
    this.#house = house;
    this.#options = options;
    this.#proxy = proxy;
    this.#library = library;
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

  static async open(house: House, options: CrowdOptions): Promise<Crowd> {
    const { product, traffic } = house;
    const proxy = await cutProxy(Number(new URL(product.url).port));
    const library: LibraryBoard[] = [];
    for (let i = 0; i < options.library; i++) {
      const site = SITES[i % 2] ?? SITES[0];
      const api = traffic.supervisors.get(site);
      if (api === undefined) throw new Error(`nobody looks after ${site}`);
      library.push(await LibraryBoard.open(traffic.book, api, site, `http://127.0.0.1:${proxy.port}`));
    }
    return new Crowd(house, options, proxy, library);
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
    const since = new Map<object, number>();
    let [longest, over] = [0, false];
    const watch = async (): Promise<void> => {
      while (!over) {
        const now = Date.now();
        for (const board of [...this.boards, ...this.#library]) {
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
        await liveBoardsAreLog(heads, [...this.boards, ...this.#library], when);
        const byId = new Map(heads.map((head) => [head.actor_id, head]));
        for (const follower of this.#followers) await follower.areAtHead(byId, when);
        for (const board of this.#library)
          await until(`the library says so too ${when}`, async () => (await board.equalsServer()) === true);
      });
    } finally {
      traffic.resume();
    }
    none(traffic.book.faults.splice(0), `what they saw until ${when}`);
  }

  async close(): Promise<void> {
    await this.calm();
    for (const one of [...this.boards, ...this.#followers, ...this.#library]) one.close();
    await this.#proxy.close();
  }

  async #cutAtRandom(): Promise<void> {
    const all = [...this.boards, ...this.#followers];
    while (this.#cutting) {
      const one = all[Math.floor(Math.random() * all.length)];
      one?.cut(this.#anyTime());
      this.cuts += 1;
      if (Math.random() < this.#library.length / all.length) this.#proxy.cutReplies(1);
      for (const follower of this.#followers) if (Math.random() < 0.1) follower.turn();
      await sleep(EVERY_MS / all.length);
    }
  }

  /** Short ones as often as long ones. */
  #anyTime(): number {
    return SHORTEST_MS * (this.#options.longestMs / SHORTEST_MS) ** Math.random();
  }
}
