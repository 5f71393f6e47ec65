/**
 * Follows one order: every version, in order, once, over a line that may break. Goes on after the last version seen; a
 * jump is filled by asking again.
 */
import type { Change } from '../../gateways/contract/change.ts';
import type { PriceProgress, TrackAck } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import type { Line } from './line.ts';
import { backoff, pause } from './pause.ts';
import { isAway, passes } from './problem.ts';

/** `too_many` may be the rate, which passes, or the 50 orders that one line may follow. */
const PATIENT = 3;

type Asked = Pick<Line, 'on' | 'onState' | 'ask' | 'state'>;

export class Tracking {
  readonly order: string;
  readonly #line: Asked;
  readonly #stop: readonly (() => void)[];
  /** Of a link that somebody shares: it stands for a session. */
  readonly #token: string | undefined;
  #seen = 0;
  #turn = 0;
  /** The log may be another than the one of which versions were seen. */
  #mayBeOther = false;
  /** Set while `track` is being answered: changes that overtake its answer wait here. */
  #early: Change[] | undefined;
  /** The order as it is now, whole. */
  onOrder: (order: Order) => void = () => undefined;
  onChange: (change: Change) => void = () => undefined;
  /** How long the price will take, about. */
  onPrice: (progress: PriceProgress) => void = () => undefined;
  /** There is nothing to follow, or no longer. */
  onRefused: (code: string) => void = () => undefined;

  onClosed: () => void = () => undefined;

  constructor(line: Asked, order: string, token?: string) {
    this.order = order;
    this.#line = line;
    this.#token = token;
    this.#stop = [
      line.onState((state) => {
        if (state === 'open') void this.open();
      }),
      line.on('order:changed', (change) => {
        if (change.order !== order) return;
        if (this.#early !== undefined) this.#early.push(change);
        else this.#take(change);
      }),
      line.on('price:progress', (progress) => {
        if (progress.order === order) this.onPrice(progress);
      }),
      line.on('track:ended', (ended) => {
        if (ended.order === order) this.onRefused('not_found');
      }),
    ];
    // Not before whoever made it has said what to do with what comes.
    queueMicrotask(() => {
      if (line.state === 'open' && this.#turn === 0) void this.open();
    });
  }

  /** Done by itself whenever the line opens; by hand after a refusal. */
  async open(): Promise<void> {
    const turn = ++this.#turn;
    const token = this.#token === undefined ? {} : { token: this.#token };
    for (let attempt = 0; turn === this.#turn && this.#line.state === 'open'; attempt++) {
      this.#early = [];
      const message = { order: this.order, since: this.#seen, ...token };
      const answer = await this.#line.ask('track', message).catch(() => undefined);
      if (turn !== this.#turn) return;
      if (answer?.ok) return this.#opened(answer);
      if (answer !== undefined && !isAway(answer.code) && (!passes(answer.code) || attempt >= PATIENT))
        return this.onRefused(answer.code);
      await pause(backoff(attempt));
    }
  }

  /** Another session: it may be of another log, whose versions begin again. */
  sessionIsNew(): void {
    this.#mayBeOther = true;
  }

  close(): void {
    this.onClosed();
    this.#turn++;
    for (const stop of this.#stop) stop();
    if (this.#line.state === 'open') void this.#line.ask('untrack', { order: this.order }).catch(() => undefined);
  }

  #opened(answer: Extract<TrackAck, { ok: true }>): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    if ('changes' in answer) for (const change of answer.changes) this.#deliver(change);
    const { version } = answer.order;
    this.#seen = this.#mayBeOther && 'snapshot' in answer ? version : Math.max(this.#seen, version);
    this.#mayBeOther = false;
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
