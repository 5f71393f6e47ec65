/** A site's board as one operator's page keeps it over a line that breaks: frames without a gap, in the end the log. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import type { Frame, Part, Ready } from '../../../gateways/contract/board.ts';
import type { Card, Lane } from '../../../gateways/contract/card.ts';
import type { BoardOpenAck, CommandAck } from '../../../gateways/contract/live.ts';
import type { Api, Reply } from '../../_kit/api.ts';
import type { Book } from './book.ts';
import { Line } from './line.ts';
import { SeenBoard } from './seen-board.ts';

export class LiveBoard {
  readonly site: string;
  readonly #book: Book;
  readonly #line: Line;
  readonly #seen: SeenBoard;
  /** Frames that come before the answer, or before the snapshot is whole. */
  #held: Frame[] | undefined;
  #opening = 0;
  /** Frames that said they are behind. */
  staleFrames = 0;

  constructor(book: Book, who: Api, site: string, nodes: readonly string[], first: number) {
    this.site = site;
    this.#book = book;
    this.#seen = new SeenBoard((text) => book.fault(`${who.name}: ${text}`));
    this.#line = new Line({
      ...{ nodes, first, namespace: '/mes', token: who.token },
      prepare: (socket) => this.#prepare(socket),
    });
  }

  /** Nothing is awaited: opened, complete, up to date as far as was told. */
  get live(): boolean {
    return this.#line.socket !== undefined && this.#held === undefined;
  }

  get seen(): SeenBoard {
    return this.#seen;
  }

  cards(lane: Lane): Card[] {
    return this.#seen.cards(lane);
  }

  /** Breaks its line without a word, and comes back after `ms`. */
  cut(ms: number): void {
    this.#line.cut(ms);
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

  comeBack(): void {
    this.#line.comeBack();
  }

  close(): void {
    this.#line.close();
  }

  #prepare(socket: Socket): () => void {
    this.#held = [];
    this.#seen.giveUp();
    socket.on('board:frame', (frame: Frame) => {
      if (frame.stale !== undefined) this.staleFrames += 1;
      if (this.#held) this.#held.push(frame);
      else this.#take(frame);
    });
    socket.on('board:part', (part: Part, done: () => void) => {
      if (part.site === this.site) this.#seen.fill(part.epoch, part.items);
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
      this.#seen.giveUp();
      const { epoch, at } = this.#seen;
      const resume = epoch === '' ? {} : { resume: { epoch, at } };
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
    this.#seen.begin(answer);
  }

  #whole({ site, epoch }: Ready): void {
    if (site !== this.site || !this.#seen.complete(epoch)) return;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const frame of held) this.#take(frame);
  }

  #take(frame: Frame): void {
    if (frame.site === this.site) this.#seen.take(frame);
  }
}
