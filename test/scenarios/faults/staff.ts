/** Who makes what was ordered, each by the board before them: operators that race, a packer with a carrier, the CRM. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Card } from '../../../gateways/contract/card.ts';
import type { Book, Person } from './book.ts';
import { read } from './customers.ts';
import type { LiveBoard } from './live-board.ts';

const chance = (part: number): boolean => Math.random() < part;
const PAUSE_MS = 60;

export class Operator {
  readonly board: LiveBoard;
  readonly #book: Book;
  readonly #who: Person;
  readonly #colleagues: () => readonly string[];
  made = 0;

  constructor(book: Book, who: Person, board: LiveBoard, colleagues: () => readonly string[]) {
    this.#book = book;
    this.#who = { ...who, bySocket: (...of) => board.command(...of) };
    this.board = board;
    this.#colleagues = colleagues;
  }

  /** The next thing that the board asks for. */
  async step(): Promise<void> {
    const { id } = this.#who.api;
    const work = this.board.cards('in_work');
    const offered = work.find(({ handOver }) => handOver?.to.id === id);
    if (offered) return this.#take(offered);
    const own = work.filter(({ capture, handOver }) => capture?.operator.id === id && handOver === null);
    const mine = own[Math.floor(Math.random() * own.length)];
    if (mine && (own.length > 1 || chance(0.7))) return this.#goOn(mine);
    // All see the same oldest one: they race.
    const waiting = [...this.board.cards('new'), ...work.filter(({ capture }) => capture === null)].sort((a, b) =>
      a.number < b.number ? -1 : 1,
    );
    const free = waiting[chance(0.7) ? 0 : Math.floor(Math.random() * waiting.length)];
    if (free) await this.#send(free.order, 'capture', { epoch: free.epoch });
    await sleep(PAUSE_MS * (0.5 + Math.random()));
  }

  async #take({ order, epoch }: Card): Promise<void> {
    // Whose hands are full says so.
    if (!chance(0.7) || !(await this.#send(order, 'accept-hand-over', { epoch })))
      await this.#send(order, 'decline-hand-over', { epoch });
    await sleep(PAUSE_MS);
  }

  async #goOn({ order, epoch, status, cancellation }: Card): Promise<void> {
    if (cancellation !== null && chance(0.5)) {
      const yes = chance(0.5);
      await this.#send(order, yes ? 'accept-cancel' : 'refuse-cancel', yes ? {} : { reason: 'nearly-done' });
      return;
    }
    const begun = status === 'MANUFACTURING_STARTED';
    const [to] = this.#colleagues().toSorted(() => Math.random() - 0.5);
    if (to !== undefined && chance(0.1)) await this.#send(order, 'hand-over', { epoch, to });
    else if (chance(0.1)) await this.#send(order, 'release', { epoch });
    else if (await this.#send(order, begun ? 'complete' : 'start', { epoch })) this.made += begun ? 1 : 0;
    await sleep(PAUSE_MS * (0.5 + Math.random()));
  }

  async #send(order: string, type: string, fields: object): Promise<boolean> {
    return (await this.#book.order(this.#who, order, type, fields)).status === 200;
  }
}

/** Packs, ships and delivers what the board shows as made. */
export class Packer {
  readonly #book: Book;
  readonly #packer: Person;
  readonly #carrier: Person;
  readonly #board: LiveBoard;

  constructor(book: Book, packer: Person, carrier: Person, board: LiveBoard) {
    this.#book = book;
    this.#packer = packer;
    this.#carrier = carrier;
    this.#board = board;
  }

  async step(): Promise<void> {
    for (const { order, status } of this.#board.cards('made')) {
      if (status === 'MANUFACTURING_COMPLETED') await this.#book.order(this.#packer, order, 'pack');
      else if (status === 'PACKAGING') {
        const parcel = { carrier: 'DHL', tracking: `JD${order.slice(0, 8)}` };
        const { status: shipped } = await this.#book.order(this.#packer, order, 'ship', parcel);
        if (shipped === 200) await this.#book.order(this.#carrier, order, 'delivered');
      }
    }
    await sleep(PAUSE_MS);
  }
}

/** Whatever waits for the CRM: prices that failed, requests to cancel that nobody answered. And a price by hand. */
export class Crm {
  readonly #book: Book;
  readonly #who: Person;
  /** Each higher than the last: an equal price would be accepted without a version of its own. */
  #amount = 1_000;

  constructor(book: Book, who: Person) {
    this.#book = book;
    this.#who = who;
  }

  async step(): Promise<void> {
    const { items } = await read(this.#book, this.#who.api, '/api/orders?waiting=crm&limit=20');
    for (const { id, status, cancellation } of items) {
      if (status === 'PRICE_FAILED') await this.#price(id, 'shape');
      else if (cancellation) await this.#answer(id);
    }
    const priced = await read(this.#book, this.#who.api, '/api/orders?status=PRICE_CALCULATED&limit=5');
    for (const { id } of priced.items) if (chance(0.1)) await this.#price(id, 'goodwill');
    await sleep(300);
  }

  async #price(order: string, reason: string): Promise<void> {
    await this.#book.order(this.#who, order, 'set-price', {
      amount: this.#amount++,
      currency: 'EUR',
      reason,
    });
  }

  async #answer(order: string): Promise<void> {
    const yes = chance(0.5);
    await this.#book.order(
      this.#who,
      order,
      yes ? 'accept-cancel' : 'refuse-cancel',
      yes ? {} : { reason: 'made-already' },
    );
  }
}
