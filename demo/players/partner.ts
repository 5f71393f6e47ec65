/**
 * A simulated partner: orders in batches with references of its own, learns by the event feed that something happened to
 * them, and acts on what then waits for it.
 */
import type { Order } from '../../gateways/contract/order.ts';
import type { PartnerEvent } from '../../gateways/contract/partner-event.ts';
import { ServerClock } from '../../web/client/clock.ts';
import { newKey } from '../../web/client/key.ts';
import { Rest } from '../../web/client/rest.ts';
import type { Role } from '../cast.ts';
import { between } from '../chance.ts';
import type { Act } from '../decide/act.ts';
import { customerAct } from '../decide/customer.ts';
import { wish } from '../decide/wanted.ts';
import { Patience } from '../patience.ts';
import { Shelf } from '../shelf.ts';
import { inBeats, type Stage } from '../stage.ts';
import { coming } from './coming.ts';

const BEAT_MS = 1_500;
/** Without an event it looks all the same, this often: what it did itself is ripe only later. */
const LOOK_MS = 6_000;
const BATCH_SECONDS = [35, 70] as const;
const PIECES = 3;

type Page = { readonly items: readonly Order[] };
type Events = { readonly items: readonly PartnerEvent[]; readonly next: string };
type Made = { readonly items: readonly { readonly status: number; readonly code?: string }[] };

export async function playPartner(stage: Stage, { apiKey, login }: Role): Promise<void> {
  if (apiKey === undefined) return;
  const clock = new ServerClock();
  const rest = new Rest(clock, { url: stage.url, token: () => apiKey });
  const partner = new Partner(stage, rest, clock, new Shelf(`${stage.url}/v1/models`, () => apiKey), login);
  await inBeats(stage, BEAT_MS, () => partner.step());
}

class Partner {
  readonly #stage: Stage;
  readonly #rest: Rest;
  readonly #clock: ServerClock;
  readonly #shelf: Shelf;
  readonly #name: string;
  readonly #patience = new Patience();
  #after: string | undefined;
  #lookedAt = 0;
  #batches = Date.now();
  #batchAt = 0;

  constructor(stage: Stage, rest: Rest, clock: ServerClock, shelf: Shelf, name: string) {
    this.#stage = stage;
    this.#rest = rest;
    this.#clock = clock;
    this.#shelf = shelf;
    this.#name = name;
  }

  async step(): Promise<void> {
    const now = Date.now();
    if ((await this.#hears()) || now - this.#lookedAt >= LOOK_MS / this.#stage.pace) {
      this.#lookedAt = now;
      await this.#look();
    }
    if (now < this.#batchAt) return;
    const site = this.#stage.market.take(this.#name, now, PIECES);
    if (site === undefined) return;
    this.#batchAt = now + (1_000 * between(...BATCH_SECONDS, this.#batches)) / this.#stage.pace;
    await this.#order(site, this.#batches++);
  }

  /** Did anything happen? */
  async #hears(): Promise<boolean> {
    const after = this.#after === undefined ? '' : `&after=${encodeURIComponent(this.#after)}`;
    const { body } = await this.#rest.get<Events>(`/v1/events?limit=200${after}`, this.#stage.stop);
    this.#after = body.next;
    return body.items.length > 0;
  }

  async #look(): Promise<void> {
    const { stop, market, catalog, pace } = this.#stage;
    const { body } = await this.#rest.get<Page>('/v1/orders?waiting=partner&limit=200', stop);
    const now = this.#clock.now();
    market.tellComing(this.#name, coming(body.items, now));
    for (const order of body.items.filter(({ id, version }) => this.#patience.allows(id, version, now)))
      await this.#do(customerAct(order, catalog.reasons, { now, pace }));
  }

  async #do(next: Act | undefined): Promise<void> {
    if (next === undefined) return;
    const { order, version, type, fields } = next;
    try {
      const options = { key: newKey(), signal: this.#stage.stop };
      await this.#rest.write(`/v1/orders/${order}/${type}`, fields, options);
      this.#stage.tally.did(type);
    } catch (error) {
      this.#patience.refused(order, version, this.#clock.now());
      throw error;
    }
  }

  async #order(site: string, batch: number): Promise<void> {
    const { catalog, stop, tally } = this.#stage;
    const orders: object[] = [];
    for (let piece = 1; piece <= PIECES; piece++) {
      const wanted = wish(catalog, site, this.#name, batch * PIECES + piece);
      if (wanted === undefined) return;
      const model = await this.#shelf.idOf(wanted.model, newKey(), stop);
      const reference = `AJ-${batch.toString(36).toUpperCase()}-${piece}`;
      orders.push({ site, model, settings: wanted.settings, reference });
    }
    const options = { key: newKey(), signal: stop };
    const { body } = await this.#rest.write<Made>('/v1/orders/batch', { orders }, options);
    for (const { status, code } of body.items)
      if (status === 201) tally.did('create');
      else tally.refused(code ?? 'invalid');
  }
}
