/**
 * One order on screen, kept as it is on the server: followed over the line, and read whole again after each change (a
 * change says less than the order: names, facts of the model). With it the story of the order, for those who may read it.
 */
import { signal } from '@preact/signals';
import type { Change } from '../../gateways/contract/change.ts';
import type { PriceProgress } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import type { Timeline, TimelineItem } from '../../gateways/contract/timeline.ts';
import type { Line } from '../client/line.ts';
import { codeOf } from '../client/problem.ts';
import type { Rest } from '../client/rest.ts';
import { Tracking } from '../client/tracking.ts';
import { clock, tick } from './ticking.ts';

export class Following {
  readonly id: string;
  readonly order = signal<Order | undefined>(undefined);
  /** Every version seen, in order: the way this order went. */
  readonly changes = signal<readonly Change[]>([]);
  /** With reasons, and names for staff. */
  readonly story = signal<readonly TimelineItem[]>([]);
  /** How long its price will take, as the present line told it. */
  readonly pricing = signal<PriceProgress | undefined>(undefined);
  /** Code of why there is nothing to show. */
  readonly missing = signal<string | undefined>(undefined);
  /** The status has changed under the reader's eyes. */
  onStatus: (order: Order) => void = () => undefined;

  readonly #rest: Pick<Rest, 'get'>;
  readonly #token: string | undefined;
  readonly #tracking: Tracking;
  readonly #stop: () => void;
  #closed = false;
  #told = 0;

  /** `token`: of a link that somebody shares, instead of a session. */
  constructor(line: Line, rest: Pick<Rest, 'get'>, id: string, token?: string) {
    this.id = id;
    this.#rest = rest;
    this.#token = token;
    this.#tracking = new Tracking(line, id, token);
    this.#tracking.onOrder = (order) => this.take(order);
    this.#tracking.onChange = (change) => this.#change(change);
    this.#tracking.onPrice = (progress) => {
      if (!this.#closed) this.pricing.value = progress.done ? undefined : progress;
    };
    this.#tracking.onRefused = (code) => {
      if (!this.#closed) this.missing.value = code;
    };
    // What the last line told of the price is over; if it still waits, the new one tells.
    this.#stop = line.onState((state) => {
      if (state === 'open') this.pricing.value = undefined;
    });
    void this.read();
  }

  close(): void {
    this.#closed = true;
    this.#stop();
    this.#tracking.close();
  }

  /** An order that an answer brought, or that was read again; an older one changes nothing. */
  take(whole: Order): void {
    const known = this.order.peek();
    if (this.#closed || whole.id !== this.id || (known !== undefined && known.version > whole.version)) return;
    clock.observe(whole.updatedAt);
    this.#show(whole);
    if (whole.version > this.#told) void this.#readStory(whole.version);
  }

  async read(atLeast = 0): Promise<void> {
    const least: Record<string, string> = atLeast > 0 ? { atLeast: String(atLeast) } : {};
    try {
      this.take((await this.#rest.get<Order>(this.#address('', least))).body);
    } catch (error) {
      const code = codeOf(error);
      const gone = code === 'not_found' || code === 'invalid';
      if (gone && !this.#closed) this.missing.value = code;
    }
  }

  #address(what: string, asked: Readonly<Record<string, string>> = {}): string {
    const query = new URLSearchParams({ ...asked, ...(this.#token === undefined ? {} : { share: this.#token }) });
    return `/api/orders/${this.id}${what}${query.size > 0 ? `?${query}` : ''}`;
  }

  #change(change: Change): void {
    if (this.#closed) return;
    clock.observe(change.at);
    this.changes.value = [...this.changes.peek(), change];
    const known = this.order.peek();
    if (known === undefined || known.version >= change.version) return;
    this.#show(changed(known, change));
    void this.read(change.version);
  }

  #show(order: Order): void {
    const before = this.order.peek();
    this.order.value = order;
    tick();
    if (before !== undefined && before.status !== order.status) this.onStatus(order);
  }

  async #readStory(version: number): Promise<void> {
    const before = this.#told;
    this.#told = version;
    try {
      const { items } = (await this.#rest.get<Timeline>(this.#address('/timeline'))).body;
      if (!this.#closed && items.length >= this.story.peek().length) this.story.value = items;
    } catch {
      // It is told without reasons and names until the next change.
      this.#told = Math.min(this.#told, before);
    }
  }
}

/** What a change does not carry is gone: a price that is void, a hold that has ended. */
function changed(known: Order, { order, at, type: _, types: __, ...fields }: Change): Order {
  const { id, number, reference, createdAt } = known;
  return { id, number, ...(reference === undefined ? {} : { reference }), createdAt, ...fields, updatedAt: at };
}
