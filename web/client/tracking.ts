/**
 * Follows one order: every version, in order, once, over a line that may break. Goes on after the last version seen; a
 * jump is filled by asking again.
 */
import type { Change } from '../../gateways/contract/change.ts';
import type { PriceProgress, TrackAck, TrackEnded } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import type { Line } from './line.ts';
import { backoff, pause } from './pause.ts';

type Asked = Pick<Line, 'on' | 'off' | 'ask' | 'state'>;

export class Tracking {
  readonly #line: Asked;
  readonly #order: string;
  /** Of a link that somebody shares: it stands for a session. */
  readonly #token: string | undefined;
  #seen = 0;
  #turn = 0;
  /** Set while `track` is being answered: changes that overtake its answer wait here. */
  #early: Change[] | undefined;
  /** The order as it is now, whole. */
  onOrder: (order: Order) => void = () => undefined;
  onChange: (change: Change) => void = () => undefined;
  /** How long the price will take, about. */
  onPrice: (progress: PriceProgress) => void = () => undefined;
  /** There is nothing to follow, or no longer. */
  onRefused: (code: string) => void = () => undefined;

  constructor(line: Asked, order: string, token?: string) {
    this.#line = line;
    this.#order = order;
    this.#token = token;
    line.on<Change>('order:changed', (change) => {
      if (change.order !== order) return;
      if (this.#early !== undefined) this.#early.push(change);
      else this.#take(change);
    });
    line.on<PriceProgress>('price:progress', (progress) => {
      if (progress.order === order) this.onPrice(progress);
    });
    line.on<TrackEnded>('track:ended', (ended) => {
      if (ended.order === order) this.onRefused('not_found');
    });
  }

  /** Called whenever the line has opened. */
  async open(): Promise<void> {
    const turn = ++this.#turn;
    const token = this.#token === undefined ? {} : { token: this.#token };
    for (let attempt = 0; turn === this.#turn && this.#line.state === 'open'; attempt++) {
      this.#early = [];
      const answer = await this.#line
        .ask<TrackAck>('track', { order: this.#order, since: this.#seen, ...token })
        .catch(() => undefined);
      if (turn !== this.#turn) return;
      if (answer?.ok) return this.#opened(answer);
      if (answer !== undefined && answer.code !== 'unavailable' && answer.code !== 'overloaded')
        return this.onRefused(answer.code);
      await pause(backoff(attempt));
    }
  }

  close(): void {
    this.#turn++;
    this.#line.off('order:changed');
    this.#line.off('price:progress');
    this.#line.off('track:ended');
    if (this.#line.state === 'open') void this.#line.ask('untrack', { order: this.#order }).catch(() => undefined);
  }

  #opened(answer: Extract<TrackAck, { ok: true }>): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    if ('changes' in answer) for (const change of answer.changes) this.#deliver(change);
    this.#seen = Math.max(this.#seen, answer.order.version);
    this.onOrder(answer.order);
    for (const change of early) this.#take(change);
  }

  #take(change: Change): void {
    if (change.version <= this.#seen) return;
    if (change.version === this.#seen + 1) this.#deliver(change);
    else void this.open();
  }

  #deliver(change: Change): void {
    if (change.version <= this.#seen) return;
    this.#seen = change.version;
    this.onChange(change);
  }
}
