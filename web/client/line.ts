/**
 * One socket to one namespace: WebSocket only (any node will do, nothing is sticky), with a connection of its own, so that
 * leaving a node that drains is one line's business. Comes back by itself within a second, spread, also when the server
 * closed it to be replaced. Nothing is buffered here: who asks waits for the line.
 */
import { io, type Socket } from 'socket.io-client';
import type { Asks, Tells } from '../../gateways/contract/live.ts';
import type { Space } from '../../gateways/contract/messages.ts';
import { jitter, withinMs } from './pause.ts';
import { ProblemError } from './problem.ts';

const ANSWER_MS = 3_000;
/** Where a crowd was cut off at once, it comes back evenly over this time. */
const SPREAD_MS = 1_000;
/** The longest a timer can wait: as long as the line lives. */
const FOR_EVER_MS = 0x7fff_ffff;

/** `refused`: the server does not let us in (its code in `why`) and asking again by itself would not help. */
export type LineState = 'connecting' | 'open' | 'lost' | 'refused';

type Auth = Readonly<Record<string, unknown>>;

export interface LineOptions {
  /** Of a node, or of what stands before the nodes; absent: where the page came from. */
  readonly url?: string;
  /** What to sign in with, asked for at every connection; absent: the cookie, if any. */
  readonly auth?: Auth | (() => Auth | Promise<Auth>);
}

export interface AskOptions<E extends keyof Asks> {
  /** 3 s unless told; `Infinity`: for as long as the line lives. */
  readonly withinMs?: number;
  /** Called in the very moment of the answer, before anything that came behind it. */
  readonly heard?: (answer: Asks[E]['ack']) => void;
}

type Hear<E extends keyof Tells> = (message: Tells[E], answer?: () => void) => void;
type HearState = (state: LineState, why?: string) => void;

export class Line {
  readonly #socket: Socket;
  #state: LineState = 'connecting';
  #hearing: readonly HearState[] = [];
  #waiting: (() => void)[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(space: Space, { url = '', auth }: LineOptions = {}) {
    this.#socket = io(`${url}${space}`, {
      transports: ['websocket'],
      withCredentials: true,
      forceNew: true,
      // First 0-1 s, all moments equally likely; then twice that, at most 4 s.
      reconnectionDelay: SPREAD_MS / 2,
      reconnectionDelayMax: 4_000,
      randomizationFactor: 1,
      // A proxy that takes the connection and drops it before the handshake is noticed only by this.
      timeout: 4_000,
      autoConnect: false,
      ...(auth === undefined ? {} : { auth: (give: (auth: Auth) => void) => void this.#signIn(auth, give) }),
    });
    this.#socket.on('connect', () => this.#set('open'));
    this.#socket.on('disconnect', (reason) => {
      this.#set('lost');
      if (reason === 'io server disconnect') this.#comeBack(withinMs(SPREAD_MS));
    });
    this.#socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      const code = error.data?.code;
      if (code === 'unauthenticated' || code === 'forbidden' || code === 'bad_origin')
        return this.#set('refused', code);
      this.#set('lost', code);
      if (!this.#socket.active) this.#comeBack(jitter(3_000));
    });
    this.on('server:drain', ({ comeBackInMs }) => this.#comeBack(comeBackInMs));
  }

  get state(): LineState {
    return this.#state;
  }

  /** Again after `refused` too. */
  connect(): void {
    this.#closed = false;
    this.#socket.connect();
  }

  /** Returns how to stop hearing. */
  onState(hear: HearState): () => void {
    // A new list: who is told now may come or go.
    this.#hearing = [...this.#hearing, hear];
    return () => {
      this.#hearing = this.#hearing.filter((one) => one !== hear);
    };
  }

  /** Returns how to stop listening. */
  on<E extends keyof Tells>(event: E, listener: Hear<E>): () => void {
    const own: Hear<E> = (message, answer) => listener(message, answer);
    this.#socket.on(event as string, own);
    return () => this.#socket.off(event as string, own);
  }

  /** Rejects with code `offline`: not sent, there is no line; or `unknown`: no answer came in time or the line broke. */
  ask<E extends keyof Asks>(
    event: E,
    message: Asks[E]['message'],
    { withinMs: limit = ANSWER_MS, heard }: AskOptions<E> = {},
  ): Promise<Asks[E]['ack']> {
    if (this.#state !== 'open') return Promise.reject(new ProblemError('offline', 0));
    return new Promise((resolve, reject) => {
      const answered = (error: Error | null, answer: Asks[E]['ack']): void => {
        if (error === null) {
          heard?.(answer);
          resolve(answer);
        } else reject(new ProblemError('unknown', 0, {}, error));
      };
      this.#socket.timeout(Math.min(limit, FOR_EVER_MS)).emit(event, message, answered);
    });
  }

  /** Resolves as soon as the line is open, in the order in which it was asked. */
  opened(signal?: AbortSignal): Promise<void> {
    if (this.#state === 'open') return Promise.resolve();
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const open = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiting = this.#waiting.filter((one) => one !== open);
        reject(signal?.reason);
      };
      this.#waiting.push(open);
      signal?.addEventListener('abort', stop, { once: true });
    });
  }

  /** Hands a fresh token to the open socket; a closed one signs in anew anyway. */
  async renew(token: string): Promise<void> {
    if (this.#state === 'refused') return this.#reconnect();
    if (this.#state !== 'open') return;
    const answer = await this.ask('session:renew', { token }).catch(() => undefined);
    if (answer !== undefined && !answer.ok) this.#reconnect();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#socket.close();
  }

  async #signIn(auth: NonNullable<LineOptions['auth']>, give: (auth: Auth) => void): Promise<void> {
    try {
      const said = typeof auth === 'function' ? await auth() : auth;
      if (!this.#closed) give(said);
    } catch {
      this.#set('lost');
      this.#comeBack(jitter(3_000));
    }
  }

  #comeBack(ms: number): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#reconnect(), ms);
  }

  #reconnect(): void {
    if (this.#closed) return;
    this.#socket.disconnect();
    this.#socket.connect();
  }

  #set(state: LineState, why?: string): void {
    this.#state = state;
    if (state === 'open') {
      clearTimeout(this.#again);
      for (const resolve of this.#waiting.splice(0)) resolve();
    }
    for (const hear of this.#hearing) hear(state, why);
  }
}
