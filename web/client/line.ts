/**
 * One socket to one namespace: WebSocket only (any node will do, nothing is sticky), signed in by the cookie. Comes back
 * by itself with jitter, also when the server closed it to be replaced. Nothing is buffered here: who asks waits for the line.
 */
import { io, type Socket } from 'socket.io-client';
import type { DoneAck, Drain } from '../../gateways/contract/live.ts';
import { jitter } from './pause.ts';

const ANSWER_MS = 3_000;

/** `refused`: the server does not let us in (its code in `why`) and asking again by itself would not help. */
export type LineState = 'connecting' | 'open' | 'lost' | 'refused';

export class Line {
  readonly #socket: Socket;
  #state: LineState = 'connecting';
  #waiting: (() => void)[] = [];
  #again: ReturnType<typeof setTimeout> | undefined;
  onState: (state: LineState, why?: string) => void = () => undefined;

  constructor(namespace: '/mes' | '/storefront') {
    this.#socket = io(namespace, {
      transports: ['websocket'],
      withCredentials: true,
      reconnectionDelay: 250,
      reconnectionDelayMax: 4_000,
      randomizationFactor: 0.5,
      // A proxy that takes the connection and drops it before the handshake is noticed only by this.
      timeout: 4_000,
      autoConnect: false,
    });
    this.#socket.on('connect', () => this.#set('open'));
    this.#socket.on('disconnect', (reason) => {
      this.#set('lost');
      if (reason === 'io server disconnect') this.#comeBack(jitter(500));
    });
    this.#socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      const code = error.data?.code;
      if (code === 'unauthenticated' || code === 'forbidden' || code === 'bad_origin')
        return this.#set('refused', code);
      this.#set('lost', code);
      if (!this.#socket.active) this.#comeBack(jitter(3_000));
    });
    this.#socket.on('server:drain', (drain: Drain) => this.#comeBack(drain.comeBackInMs));
  }

  get state(): LineState {
    return this.#state;
  }

  connect(): void {
    this.#socket.connect();
  }

  on<T>(event: string, listener: (message: T, answer?: () => void) => void): void {
    this.#socket.on(event, listener);
  }

  off(event: string): void {
    this.#socket.off(event);
  }

  /** Rejects when no answer came in 3 s or the line broke meanwhile: the outcome is unknown. */
  ask<T>(event: string, message: unknown, withinMs = ANSWER_MS): Promise<T> {
    if (this.#state !== 'open') return Promise.reject(new Error('no line'));
    return this.#socket.timeout(withinMs).emitWithAck(event, message) as Promise<T>;
  }

  /** Resolves as soon as the line is open, in the order in which it was asked. */
  opened(): Promise<void> {
    return this.#state === 'open' ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Hands a fresh token to the open socket; a closed one signs in by the cookie anyway. */
  async renew(token: string): Promise<void> {
    if (this.#state === 'refused') return this.#reconnect();
    if (this.#state !== 'open') return;
    const answer = await this.ask<DoneAck>('session:renew', { token }).catch(() => undefined);
    if (answer !== undefined && !answer.ok) this.#reconnect();
  }

  close(): void {
    clearTimeout(this.#again);
    this.#socket.close();
  }

  #comeBack(ms: number): void {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#reconnect(), ms);
  }

  #reconnect(): void {
    this.#socket.disconnect();
    this.#socket.connect();
  }

  #set(state: LineState, why?: string): void {
    this.#state = state;
    if (state === 'open') {
      clearTimeout(this.#again);
      for (const resolve of this.#waiting.splice(0)) resolve();
    }
    this.onState(state, why);
  }
}
