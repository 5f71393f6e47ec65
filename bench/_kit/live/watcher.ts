/** One client that watches a board or an order, comes back where it was cut off, and knows how far it is. */
import { clock } from '../clock.ts';
import { LeanSocket } from '../lean-socket.ts';
import type { Group } from './arrivals.ts';
import type { Position, Way } from './ways.ts';

export interface Watching {
  readonly about: string;
  readonly token?: string | undefined;
}

const READY = Buffer.from('["board:ready"');
const RESYNC = Buffer.from('["board:resync"');

/** Who was not told everything by then gives up. */
const LATEST_MS = 20_000;

const isEvent = (body: Buffer, start: Buffer): boolean => body.subarray(0, start.length).equals(start);

export class Watcher {
  readonly watching: Watching;
  readonly #way: Way;
  #line: LeanSocket | undefined;
  #group: Group | undefined;
  #position: Position | undefined;
  /** For the end of a whole board: an opening, and those that were asked for while it came. */
  #waiting: PromiseWithResolvers<void>[] = [];
  /** Of lines that were closed. */
  #former = { messages: 0, bytes: 0 };
  /** How often a board was to be opened again, and how often it was shown whole. */
  resyncs = 0;
  wholes = 0;
  /** Called when the line is lost, not by `close`. */
  lost: (() => void) | undefined;

  constructor(way: Way, watching: Watching) {
    this.#way = way;
    this.watching = watching;
  }

  get received(): { readonly messages: number; readonly bytes: number } {
    const { messages, bytes } = this.#former;
    return { messages: messages + (this.#line?.messages ?? 0), bytes: bytes + (this.#line?.bytes ?? 0) };
  }

  /** Resolves when everything is there. Rejects when the line is lost before, or was never there. */
  async open(url: string, group: Group): Promise<void> {
    this.#group = group;
    let opened: LeanSocket | undefined;
    const line = await LeanSocket.open(url, this.#way.namespace, {
      token: this.watching.token,
      pushed: (body) => this.#pushed(body),
      closed: () => {
        if (opened !== undefined && opened === this.#line) this.#lost(opened);
      },
    });
    opened = line;
    this.#line = line;
    group.sockets += 1;
    const late = setTimeout(() => line.close(), LATEST_MS);
    await this.#follow(line).finally(() => clearTimeout(late));
  }

  /** The next `open` begins from nothing. */
  forget(): void {
    this.#position = undefined;
  }

  close(): void {
    const line = this.#line;
    if (line === undefined) return;
    this.#left(line);
    line.close();
  }

  async #follow(line: LeanSocket): Promise<void> {
    const from = this.#position;
    const ready = Promise.withResolvers<void>();
    ready.promise.catch(() => undefined);
    this.#waiting.push(ready);
    const answer = await line.ask(this.#way.event, this.#way.message(this.watching.about, from));
    const { position, whole } = this.#way.answered(answer, from);
    // A frame may have come before the answer was read; nothing older counts then.
    if (this.#position === from) this.#position = position;
    if (!whole) return;
    this.wholes += 1;
    await ready.promise;
  }

  #pushed(body: Buffer): void {
    const push = this.#group?.take(body, clock());
    if (push !== undefined) this.#position = push.position ?? this.#position;
    else if (isEvent(body, READY)) for (const { resolve } of this.#waiting.splice(0)) resolve();
    else if (isEvent(body, RESYNC)) this.#again();
  }

  #again(): void {
    this.resyncs += 1;
    if (this.#line !== undefined) void this.#follow(this.#line).catch(() => this.#line?.close());
  }

  #left(line: LeanSocket): void {
    this.#former = {
      messages: this.#former.messages + line.messages,
      bytes: this.#former.bytes + line.bytes,
    };
    this.#line = undefined;
    if (this.#group !== undefined) this.#group.sockets -= 1;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the line was lost'));
  }

  #lost(line: LeanSocket): void {
    this.#left(line);
    this.lost?.();
  }
}
