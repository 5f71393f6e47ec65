/**
 * Every command that anybody sends while something is broken: under one key, repeated over all nodes until it is
 * answered. What was answered is kept, to be held against the log.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUSE } from '../../../actors/roles.ts';
import type { Api, Reply } from '../../_kit/api.ts';

/** An answer of an order: what was accepted, or why not. */
export interface Answered {
  readonly who: string;
  readonly tenant: string;
  readonly key: string;
  readonly type: string;
  readonly order: string;
  readonly accepted: boolean;
  readonly code?: string;
  /** Of the order, where it was accepted. */
  readonly version: number;
  readonly status?: string;
  readonly epoch?: number;
  readonly tries: number;
}

export interface Person {
  readonly api: Api;
  /** Whose key space it is. */
  readonly tenant: string;
  /** By socket first, as a board does; undefined or a rejection = no answer. */
  bySocket?(order: string, type: string, fields: object, key: string): Promise<Reply | undefined>;
}

/** An answer that takes longer is looked for at another node. */
const ANSWER_MS = 6_000;
/** Who got no answer for so long was forgotten. */
const FORGOTTEN_MS = 150_000;

const passes = (status: number): boolean => status === 429 || status >= 500;

export class Book {
  readonly #nodes: readonly string[];
  /** Since the last look. */
  readonly answered: Answered[] = [];
  readonly faults: string[] = [];
  readonly counts = { sent: 0, repeated: 0, unavailable: 0 };
  #unanswered = 0;
  #gate: Promise<void> = Promise.resolve();
  #isShut = false;
  #open: () => void = () => undefined;
  readonly #over = new AbortController();

  constructor(nodes: readonly string[]) {
    this.#nodes = nodes;
  }

  /** Sent and not yet answered. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Nothing new is sent; what was sent is repeated until it is answered. */
  shut(): void {
    if (this.#isShut) return;
    this.#isShut = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    this.#open = resolve;
  }

  open(): void {
    this.#isShut = false;
    this.#open();
  }

  /** Nobody waits for an answer any more. */
  end(): void {
    this.#over.abort(new Error('the story is over'));
    this.open();
  }

  fault(text: string): void {
    if (this.faults.length < 50) this.faults.push(text);
  }

  /** A read: as often as it takes, also while nothing new is sent. */
  async ask(path: string, send: (at: string | undefined, signal: AbortSignal) => Promise<Reply>): Promise<Reply> {
    return this.#untilAnswered(path, '', (at) => send(at, this.#patience()));
  }

  /** One write, once; resolves with its answer. */
  async write(what: string, send: (at: string | undefined, key: string, signal: AbortSignal) => Promise<Reply>) {
    return this.#counted(() => this.#untilAnswered(what, randomUUID(), (at, key) => send(at, key, this.#patience())));
  }

  /** A command of an order; what is answered is written down. */
  async order({ api, tenant, bySocket }: Person, order: string, type: string, fields: object = {}): Promise<Reply> {
    const key = randomUUID();
    let tries = 0;
    const attempt = async (at: string | undefined): Promise<Reply> => {
      tries += 1;
      if (bySocket !== undefined && tries === 1) {
        const answer = await bySocket(order, type, fields, key);
        if (answer !== undefined) return answer;
      }
      const signal = this.#patience();
      const path = tenant === HOUSE ? `/api/orders/${order}/${type}` : `/v1/orders/${order}/${type}`;
      return api.post(path, fields, { key, signal, ...(at === undefined ? {} : { at }) });
    };
    return this.#counted(async () => {
      const reply = await this.#untilAnswered(`${type} of ${order}`, key, attempt);
      this.#note({ api, tenant }, { key, type, order, tries }, reply);
      return reply;
    });
  }

  #patience(): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(ANSWER_MS), this.#over.signal]);
  }

  /** Begun only while the gate is open; over when it is answered and written down. */
  async #counted(act: () => Promise<Reply>): Promise<Reply> {
    while (this.#isShut) await this.#gate;
    this.counts.sent += 1;
    this.#unanswered += 1;
    try {
      return await act();
    } finally {
      this.#unanswered -= 1;
    }
  }

  #note(
    { api, tenant }: Person,
    sent: Pick<Answered, 'key' | 'type' | 'order' | 'tries'>,
    { status, body }: Reply,
  ): void {
    const accepted = status === 200;
    if (!accepted && status !== 409)
      this.fault(`${sent.type} of ${sent.order} by ${api.name}: ${status} ${JSON.stringify(body)}`);
    this.answered.push({
      ...sent,
      ...{ who: api.id, tenant, accepted, version: accepted ? body.version : 0 },
      ...(accepted ? { status: body.status, epoch: body.epoch } : { code: body.code }),
    });
  }

  async #untilAnswered(
    what: string,
    key: string,
    attempt: (at: string | undefined, key: string) => Promise<Reply>,
  ): Promise<Reply> {
    const begun = Date.now();
    let last = 'nothing';
    for (let tries = 0; Date.now() - begun < FORGOTTEN_MS; tries++) {
      // nginx first, then the nodes in turn.
      const at = tries === 0 ? undefined : this.#nodes[(begun + tries) % this.#nodes.length];
      try {
        const reply = await attempt(at, key);
        if (!passes(reply.status)) return reply;
        last = `${reply.status} ${JSON.stringify(reply.body)}`;
        this.#look(what, reply);
      } catch (error) {
        this.#over.signal.throwIfAborted();
        last = String(error);
      }
      this.#over.signal.throwIfAborted();
      this.counts.repeated += 1;
      await sleep(Math.min(50 * 2 ** tries, 800));
    }
    const text = `${what} was never answered; last: ${last}`;
    this.fault(text);
    throw new Error(text);
  }

  /** Also a *later* must be an honest one. */
  #look(what: string, { status, headers, body }: Reply): void {
    if (status === 500) this.fault(`${what}: 500 ${JSON.stringify(body)}`);
    if (status === 503) this.counts.unavailable += 1;
    if ((status === 503 || status === 429) && headers.get('retry-after') === null)
      this.fault(`${what}: ${status} without Retry-After`);
  }
}
