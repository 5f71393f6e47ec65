/** Somebody who follows some orders of a board at a time, and turns to others when those are over. */
import type { Api } from '../../_kit/api.ts';
import { until } from '../../_kit/until.ts';
import type { Book } from './book.ts';
import { SOON_MS } from './end-log.ts';
import type { Head } from './end-views.ts';
import { FollowedOrders } from './followed.ts';
import type { LiveBoard } from './live-board.ts';

const AT_ONCE = 5;

export class Follower {
  readonly #board: LiveBoard;
  readonly #orders: FollowedOrders;
  readonly #followed: string[] = [];

  constructor(book: Book, who: Api, board: LiveBoard, nodes: readonly string[], first: number) {
    this.#board = board;
    this.#orders = new FollowedOrders(book, who, nodes, first);
  }

  /** One order more, and if that is too many the oldest no more. */
  turn(): void {
    const cards = (['new', 'in_work', 'made'] as const).flatMap((lane) => this.#board.cards(lane));
    const card = cards[Math.floor(Math.random() * cards.length)];
    if (card === undefined || this.#followed.includes(card.order)) return;
    this.#orders.follow(card.order, card.version, card.status);
    this.#followed.push(card.order);
    if (this.#followed.length > AT_ONCE) this.#orders.leave(this.#followed.shift() ?? '');
  }

  cut(ms: number): void {
    this.#orders.cut(ms);
  }

  comeBack(): void {
    this.#orders.comeBack();
  }

  close(): void {
    this.#orders.close();
  }

  async areAtHead(heads: ReadonlyMap<string, Head>, when: string): Promise<void> {
    for (const order of this.#followed)
      await until(
        `${order} was followed to its newest version ${when}`,
        async () => {
          const [seen, newest] = [this.#orders.seen(order), heads.get(order)?.version];
          if (seen === newest) return true;
          throw new Error(`seen ${seen}, in the log ${newest}`);
        },
        SOON_MS,
      );
  }
}
