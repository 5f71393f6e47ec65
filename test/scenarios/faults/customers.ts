/** Who orders: buyers, each following its order live, and a partner with batches and its event feed. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, Reply } from '../../_kit/api.ts';
import { binaryStl, box } from '../../_kit/solids.ts';
import type { Book, Person } from './book.ts';
import { FollowedOrders } from './followed.ts';

type Settings = { material: string; finish: string; quantity: number; urgency: string };

export interface Customer extends Person {
  readonly settings: Settings;
  readonly site: string;
}

const ENDS = ['DELIVERED', 'CLOSED', 'CANCELLED', 'REJECTED'];
const chance = (part: number): boolean => Math.random() < part;
const size = (): number => 5 + Math.round(Math.random() * 4_000) / 100;

/** Most are new shapes, which a worker must measure; some can't be made and need a person for their price. */
function shape(): Buffer {
  if (chance(0.4)) return binaryStl(box(10, 10, 10));
  const solid = box(size(), size(), size()).triangles;
  return binaryStl(chance(0.08) ? solid.slice(9) : solid);
}

const accepted = ({ status, body }: Reply, what: string): Reply['body'] => {
  if (status !== 200 && status !== 201) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** A read, until something answers. */
export async function read(book: Book, api: Api, path: string): Promise<Reply['body']> {
  return accepted(
    await book.ask(path, (at, signal) => api.get(path, at === undefined ? { signal } : { at, signal })),
    path,
  );
}

async function upload(book: Book, api: Api, path = '/api/models'): Promise<string> {
  const stl = shape();
  const headers = { 'x-filename': 'part.stl' };
  const reply = await book.write('upload', (at, key, signal) =>
    api.call('POST', path, stl, { key, signal, headers, ...(at === undefined ? {} : { at }) }),
  );
  return accepted(reply, 'upload').model;
}

/** Buyers, one story after the other. */
export class Buyer {
  readonly #book: Book;
  readonly #who: Customer;
  readonly #orders: FollowedOrders;
  /** Stories begun and ended. */
  begun = 0;
  ended = 0;
  /** What it waits for. */
  now = '';

  constructor(book: Book, who: Customer, nodes: readonly string[], first: number) {
    this.#book = book;
    this.#who = who;
    this.#orders = new FollowedOrders(book, who.api, nodes, first);
  }

  close(): void {
    this.#orders.close();
  }

  async story(): Promise<void> {
    this.begun += 1;
    const order = await this.#create();
    await this.#send(order, 'submit');
    for (let approved = false; !approved; ) {
      this.now = `the price of ${order}`;
      const status = await this.#orders.until(order, ['PRICE_CALCULATED', ...ENDS]);
      if (status !== 'PRICE_CALCULATED') break;
      const { price } = await this.#read(order);
      approved = price !== undefined && (await this.#send(order, 'approve', { priceVersion: price.version }));
      // Another price was set meanwhile.
      if (!approved) await sleep(100);
    }
    if (chance(0.15)) {
      await sleep(Math.random() * 600);
      await this.#send(order, 'request-cancel', { reason: 'changed-mind' });
    }
    this.now = `the end of ${order}`;
    await this.#orders.until(order, ENDS);
    const { version } = await this.#read(order);
    const seen = this.#orders.seen(order);
    if (seen !== version) this.#book.fault(`${order} ended at version ${version}, followed up to ${seen}`);
    this.#orders.leave(order);
    this.ended += 1;
  }

  /** As far as it was followed, at least. */
  #read(order: string): Promise<Reply['body']> {
    return read(this.#book, this.#who.api, `/api/orders/${order}?atLeast=${this.#orders.seen(order)}`);
  }

  async #create(): Promise<string> {
    const { api, settings, site } = this.#who;
    this.now = 'an upload';
    const model = await upload(this.#book, api);
    const reply = await this.#book.write('create', (at, key, signal) =>
      api.post('/api/orders', { model, settings, site }, { key, signal, ...(at === undefined ? {} : { at }) }),
    );
    const { id, version, status } = accepted(reply, 'create');
    this.#orders.follow(id, version, status);
    if (chance(0.2)) await this.#send(id, 'change-settings', { settings: { ...settings, quantity: 2 } });
    return id;
  }

  async #send(order: string, type: string, fields: object = {}): Promise<boolean> {
    this.now = `${type} of ${order}`;
    return (await this.#book.order(this.#who, order, type, fields)).status === 200;
  }
}

export interface PartnerEvent {
  readonly id: string;
  readonly order: string;
  readonly version: number;
  readonly type: string;
  readonly status: string;
}

/** A partner: batches of two, each order approved when its event says that it has a price. */
export class Partner {
  readonly #book: Book;
  readonly #who: Customer;
  readonly events: PartnerEvent[] = [];
  #next = '';
  #batch = 0;
  #open = new Set<string>();
  readonly references = new Map<string, string>();

  constructor(book: Book, who: Customer) {
    this.#book = book;
    this.#who = who;
  }

  get api(): Api {
    return this.#who.api;
  }

  get tenant(): string {
    return this.#who.tenant;
  }

  /** A new batch when the last one is over, then the next events. */
  async step(): Promise<void> {
    const { api } = this.#who;
    if (this.#open.size === 0) await this.#order();
    const after = this.#next === '' ? '' : `&after=${encodeURIComponent(this.#next)}`;
    const { items, next } = await read(this.#book, api, `/v1/events?wait=1${after}`);
    this.#next = next;
    for (const event of items as PartnerEvent[]) {
      this.events.push(event);
      if (ENDS.includes(event.status)) this.#open.delete(event.order);
      if (event.type === 'priced' || event.type === 'price-set') await this.#approve(event.order);
    }
  }

  async #order(): Promise<void> {
    const { api, settings, site } = this.#who;
    const model = await upload(this.#book, api, '/v1/models');
    const batch = ++this.#batch;
    const orders = [1, 2].map((n) => ({ model, settings, site, reference: `PO-${batch}-${n}` }));
    const reply = await this.#book.write('batch', async (at, key, signal) => {
      const answer = await api.post(
        '/v1/orders/batch',
        { orders },
        { key, signal, ...(at === undefined ? {} : { at }) },
      );
      // An order of it that could not be made now is asked for by the same batch again.
      const later = answer.status === 200 && answer.body.items.some((item: { status: number }) => item.status >= 500);
      return later ? { ...answer, status: 503, headers: new Headers({ 'retry-after': '1' }) } : answer;
    });
    for (const item of accepted(reply, 'batch').items) {
      if (item.status !== 201) this.#book.fault(`batch: ${JSON.stringify(item)}`);
      else this.references.set(item.order.reference, item.order.id);
    }
    this.#open = new Set(orders.map(({ reference }) => this.references.get(reference) ?? ''));
    for (const order of this.#open) await this.#book.order(this.#who, order, 'submit');
  }

  async #approve(order: string): Promise<void> {
    const { price, status } = await read(this.#book, this.#who.api, `/v1/orders/${order}`);
    if (status === 'PRICE_CALCULATED')
      await this.#book.order(this.#who, order, 'approve', { priceVersion: price.version });
  }
}
