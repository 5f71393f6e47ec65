/** Orders as their buyer follows them: every version once, in order, over a line that breaks. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import type { Change } from '../../../gateways/contract/change.ts';
import type { TrackAck } from '../../../gateways/contract/live.ts';
import type { Order } from '../../../gateways/contract/order.ts';
import type { Api } from '../../_kit/api.ts';
import type { Book } from './book.ts';
import { Line } from './line.ts';

interface Followed {
  seen: number;
  status: string;
  /** What comes before `track` is answered. */
  early: Change[] | undefined;
  readonly waiting: Set<() => void>;
}

export class FollowedOrders {
  readonly #line: Line;
  readonly #book: Book;
  readonly #orders = new Map<string, Followed>();
  #closed = false;
  /** Times that an order was shown anew instead of what was missed. */
  snapshots = 0;

  constructor(book: Book, who: Api, nodes: readonly string[], first: number) {
    this.#book = book;
    this.#line = new Line({
      ...{ nodes, first, namespace: '/storefront', token: who.token },
      prepare: (socket) => {
        for (const followed of this.#orders.values()) followed.early = [];
        socket.on('order:changed', (change: Change) => {
          const followed = this.#orders.get(change.order);
          if (followed?.early) followed.early.push(change);
          else if (followed) this.#take(followed, change, 'live');
        });
        return () => {
          for (const order of this.#orders.keys()) void this.#track(order, socket);
        };
      },
    });
  }

  /** From the version it has. */
  follow(order: string, version: number, status: string): void {
    this.#orders.set(order, { seen: version, status, early: [], waiting: new Set() });
    const { socket } = this.#line;
    if (socket !== undefined) void this.#track(order, socket);
  }

  seen(order: string): number {
    return this.#orders.get(order)?.seen ?? 0;
  }

  /** The first of these statuses that it has, now or later; rejects when nothing is followed any more. */
  async until(order: string, statuses: readonly string[]): Promise<string> {
    const followed = this.#orders.get(order);
    if (followed === undefined) throw new Error(`${order} is not followed`);
    while (!statuses.includes(followed.status)) {
      await new Promise<void>((resolve) => followed.waiting.add(resolve));
      if (this.#closed) throw new Error('nothing is followed any more');
    }
    return followed.status;
  }

  leave(order: string): void {
    this.#orders.delete(order);
    this.#line.ask('untrack', { order }).catch(() => undefined);
  }

  cut(ms: number): void {
    this.#line.cut(ms);
  }

  comeBack(): void {
    this.#line.comeBack();
  }

  close(): void {
    this.#closed = true;
    this.#line.close();
    for (const { waiting } of this.#orders.values()) for (const tell of waiting) tell();
  }

  /** While this line lasts: until it is answered. */
  async #track(order: string, socket: Socket): Promise<void> {
    while (this.#line.socket === socket) {
      const followed = this.#orders.get(order);
      if (followed === undefined) return;
      followed.early = [];
      const answer = await this.#line.ask<TrackAck>('track', { order, since: followed.seen }).catch(() => undefined);
      if (this.#line.socket !== socket) return;
      if (answer?.ok) return this.#tracked(followed, answer);
      if (answer !== undefined && answer.code !== 'unavailable' && answer.code !== 'overloaded')
        this.#book.fault(`track of ${order}: ${JSON.stringify(answer)}`);
      await sleep(300);
    }
  }

  #tracked(followed: Followed, answer: Extract<TrackAck, { ok: true }>): void {
    const early = followed.early ?? [];
    followed.early = undefined;
    if ('changes' in answer) for (const change of answer.changes) this.#take(followed, change, 'missed');
    else this.#shownAnew(followed, answer.order);
    for (const change of early) this.#take(followed, change, 'early');
  }

  /** While the log can't be read. */
  #shownAnew(followed: Followed, { id, version, status }: Order): void {
    if (version < followed.seen) this.#book.fault(`${id} is shown at version ${version} after ${followed.seen}`);
    this.snapshots += 1;
    this.#now(followed, version, status);
  }

  #take(followed: Followed, { order, version, status }: Change, how: string): void {
    if (version !== followed.seen + 1) this.#book.fault(`${order}: version ${version} after ${followed.seen} (${how})`);
    this.#now(followed, version, status);
  }

  #now(followed: Followed, version: number, status: string): void {
    followed.seen = Math.max(followed.seen, version);
    followed.status = status;
    for (const tell of followed.waiting) tell();
    followed.waiting.clear();
  }
}
