/** A site's board as one operator's page keeps it over a line that breaks: frames without a gap, in the end the log. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import type { Frame, Part, Ready } from '../../../gateways/contract/board.ts';
import type { Card, Lane } from '../../../gateways/contract/card.ts';
import type { BoardOpenAck, CommandAck } from '../../../gateways/contract/live.ts';
import type { Api, Reply } from '../../_kit/api.ts';
import type { Book } from './book.ts';
import { Line } from './line.ts';

interface Place {
  readonly version: number;
  readonly lane: Lane | null;
  readonly card: Card | null;
}

export const LANES = ['new', 'in_work', 'made'] as const;

export class LiveBoard {
  readonly site: string;
  readonly #book: Book;
  readonly #name: string;
  readonly #line: Line;
  #places = new Map<string, Place>();
  #filling: Map<string, Place> | undefined;
  #epoch = '';
  #at = '';
  /** Frames that come before the answer, or before the snapshot is whole. */
  #held: Frame[] | undefined;
  #opening = 0;
  /** Frames that said they are behind. */
  staleFrames = 0;

  constructor(book: Book, who: Api, site: string, nodes: readonly string[], first: number) {
    this.site = site;
    this.#book = book;
    this.#name = who.name;
    this.#line = new Line({
      ...{ nodes, first, namespace: '/mes', token: who.token },
      prepare: (socket) => this.#prepare(socket),
    });
  }

  /** Nothing is awaited: opened, complete, up to date as far as was told. */
  get live(): boolean {
    return this.#line.socket !== undefined && this.#held === undefined;
  }

  cards(lane: Lane): Card[] {
    return [...this.#places.values()].flatMap(({ lane: at, card }) => (at === lane && card !== null ? [card] : []));
  }

  /** `<lane> <order> <version>`, as in the digest. */
  lines(): string[] {
    const orders = [...this.#places].sort(([a], [b]) => (a < b ? -1 : 1));
    return LANES.flatMap((lane) =>
      orders.flatMap(([order, place]) => (place.lane === lane ? [`${lane} ${order} ${place.version}`] : [])),
    );
  }

  lineOf(order: string): string {
    const { lane, version } = this.#places.get(order) ?? {};
    return `${lane} ${version}`;
  }

  digest(): string {
    return createHash('sha256')
      .update(
        this.lines()
          .map((line) => `${line}\n`)
          .join(''),
      )
      .digest('hex');
  }

  /** As REST would answer; undefined: nobody knows whether it was heard. */
  async command(order: string, type: string, fields: object, key: string): Promise<Reply | undefined> {
    const ack = await this.#line.ask<CommandAck>('command', { ...fields, order, type, key }).catch(() => undefined);
    if (ack === undefined || (!ack.ok && ['unavailable', 'overloaded', 'too_many', 'internal'].includes(ack.code)))
      return undefined;
    const { order: whole, version } = ack as { readonly order?: object; readonly version?: number };
    const body = ack.ok ? { ...(typeof whole === 'object' ? whole : {}), version } : ack;
    return { status: ack.ok ? 200 : 409, headers: new Headers(), body };
  }

  close(): void {
    this.#line.close();
  }

  #prepare(socket: Socket): () => void {
    this.#held = [];
    this.#filling = undefined;
    socket.on('board:frame', (frame: Frame) => {
      if (frame.stale !== undefined) this.staleFrames += 1;
      if (this.#held) this.#held.push(frame);
      else this.#take(frame);
    });
    socket.on('board:part', (part: Part, done: () => void) => {
      for (const card of part.items) this.#fill(card);
      done();
    });
    socket.on('board:ready', (ready: Ready) => this.#whole(ready));
    socket.on('board:resync', () => void this.#open(socket));
    return () => void this.#open(socket);
  }

  async #open(socket: Socket): Promise<void> {
    const turn = ++this.#opening;
    while (this.#line.socket === socket && turn === this.#opening) {
      this.#held = [];
      this.#filling = undefined;
      const resume = this.#epoch === '' ? {} : { resume: { epoch: this.#epoch, at: this.#at } };
      const answer = await new Promise<BoardOpenAck | undefined>((resolve) => {
        // What comes right behind the answer may be delivered in the same tick: taken in its callback.
        socket
          .timeout(5_000)
          .emit('board:open', { site: this.site, ...resume }, (error: unknown, ack: BoardOpenAck) => {
            if (!error && ack.ok && this.#line.socket === socket && turn === this.#opening) this.#opened(ack);
            resolve(error ? undefined : ack);
          });
      });
      if (answer?.ok || turn !== this.#opening) return;
      if (answer === undefined) return this.#line.reconnect();
      if (answer.code !== 'unavailable' && answer.code !== 'overloaded')
        this.#book.fault(`board of ${this.site}: ${JSON.stringify(answer)}`);
      await sleep(300);
    }
  }

  #opened(answer: Extract<BoardOpenAck, { ok: true }>): void {
    if (answer.mode === 'frames') {
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const frame of [...answer.frames, ...held]) this.#take(frame);
      return;
    }
    this.#epoch = answer.epoch;
    this.#at = answer.at;
    this.#filling = new Map();
    for (const lane of LANES) for (const card of answer.lanes[lane].items) this.#fill(card);
  }

  #fill(card: Card): void {
    const { order, version, lane } = card;
    if ((this.#filling?.get(order)?.version ?? 0) < version) this.#filling?.set(order, { version, lane, card });
  }

  #whole(ready: Ready): void {
    if (this.#filling === undefined || ready.epoch !== this.#epoch) return;
    this.#places = this.#filling;
    this.#filling = undefined;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const frame of held) this.#take(frame);
  }

  #take({ site, epoch, from, to, changes }: Frame): void {
    if (site !== this.site) return;
    if (epoch !== this.#epoch) this.#book.fault(`${this.#name}: a frame of epoch ${epoch} in ${this.#epoch}`);
    if (from !== this.#at) this.#book.fault(`${this.#name}: a frame from ${from}, but ${this.#at} was the last`);
    this.#at = to;
    for (const { order, version, lane, card } of changes)
      if ((this.#places.get(order)?.version ?? 0) < version) this.#places.set(order, { version, lane, card });
  }
}
