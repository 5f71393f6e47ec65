/**
 * Who is signed in, for as long as somebody uses it: renewed when two thirds of its time are over, signed in anew where
 * the credentials are known. On a page the session is a cookie that scripts cannot read; elsewhere its token is kept here.
 */
import type { LogIn, Session, SignUp } from '../../gateways/contract/session.ts';
import type { ServerClock } from './clock.ts';
import { codeOf } from './problem.ts';
import type { Rest } from './rest.ts';

export type Me = Omit<Session, 'token'>;

/** What a page remembers of who it was, nothing secret: it tells whether to ask for a session at all. */
export interface Note {
  read(): string | undefined;
  write(id: string | undefined): void;
}

export interface SessionOptions {
  /** Of a session that is open. */
  readonly token?: string;
  /** Asked again whenever the session has ended. */
  readonly signIn?: LogIn | (() => LogIn | Promise<LogIn>);
  readonly note?: Note;
}

const RETRY_MS = 2_000;
const LEAST_MS = 1_000;
/** Timers can't wait for more than 24 days. */
const MOST_MS = 86_400_000;

export class SessionKeeper {
  readonly #rest: Rest;
  readonly #clock: ServerClock;
  readonly #options: SessionOptions;
  readonly #keepsToken: boolean;
  #token: string | undefined;
  #me: Me | undefined;
  #regaining: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  /** By whoever uses it: nobody signs in again by himself. */
  #signedOut = false;
  #waiting: (() => void)[] = [];
  onChange: (me: Me | undefined) => void = () => undefined;
  /** Nobody is signed in any more. */
  onEnded: () => void = () => undefined;
  /** A fresh token: open sockets take it over. `anew`: of another session than before. */
  onToken: (token: string, anew: boolean) => void = () => undefined;

  constructor(rest: Rest, clock: ServerClock, options: SessionOptions = {}) {
    this.#rest = rest;
    this.#clock = clock;
    this.#options = options;
    this.#keepsToken = options.token !== undefined || options.signIn !== undefined;
    this.#token = options.token;
    rest.regain = () => this.regain();
  }

  get me(): Me | undefined {
    return this.#me;
  }

  /** undefined: it is a cookie's, or there is no session. */
  get token(): string | undefined {
    return this.#token;
  }

  /** It ended because somebody signed out here. */
  get signedOut(): boolean {
    return this.#signedOut;
  }

  /** Resolves as soon as somebody has signed in. */
  begun(): Promise<void> {
    return this.#me === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  /** By the token or the credentials that were given. Throws `unauthenticated`, and what keeps from knowing. */
  async begin(): Promise<Me> {
    const { signIn, token } = this.#options;
    if (token === undefined && signIn !== undefined) return this.#signInAgain(signIn);
    return this.#renewNow();
  }

  /** Takes up the session that a page's cookie may still hold. */
  async resume(): Promise<void> {
    if (this.#options.note?.read() === undefined) return this.onChange(undefined);
    await this.renew();
  }

  async signIn(credentials: LogIn): Promise<Me> {
    return this.#start('/api/session', credentials);
  }

  async signUp(buyer: SignUp): Promise<Me> {
    return this.#start('/api/buyers', buyer);
  }

  async signOut(): Promise<void> {
    try {
      await this.#rest.write('/api/session', undefined, { session: 'as-it-is' }, 'DELETE');
    } finally {
      this.#token = undefined;
      this.#signedOut = true;
      this.#set(undefined);
    }
  }

  /** Somebody was answered `unauthenticated`. Resolves with whether there is a session again, or may be soon. */
  regain(): Promise<boolean> {
    this.#regaining ??= this.renew().finally(() => {
      this.#regaining = undefined;
    });
    return this.#regaining;
  }

  /** false: the session has ended. */
  async renew(): Promise<boolean> {
    clearTimeout(this.#timer);
    try {
      await this.#renewOrSignIn();
      return true;
    } catch (error) {
      if (this.#closed) return false;
      if (codeOf(error) === 'unauthenticated') {
        this.#set(undefined);
        return false;
      }
      // Nobody answers: who was signed in still is, as far as anybody knows.
      this.#timer = setTimeout(() => void this.renew(), RETRY_MS);
      return true;
    }
  }

  /** No more of it here; the session itself goes on. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #renewOrSignIn(): Promise<Me> {
    const { signIn } = this.#options;
    try {
      return await this.#renewNow();
    } catch (error) {
      if (codeOf(error) !== 'unauthenticated' || signIn === undefined || this.#signedOut) throw error;
      return this.#signInAgain(signIn);
    }
  }

  async #renewNow(): Promise<Me> {
    const { body } = await this.#rest.write<Session>('/api/session/renew', undefined, { session: 'as-it-is' });
    return this.#take(body, false);
  }

  async #signInAgain(signIn: NonNullable<SessionOptions['signIn']>): Promise<Me> {
    return this.signIn(typeof signIn === 'function' ? await signIn() : signIn);
  }

  async #start(path: string, body: LogIn | SignUp): Promise<Me> {
    const answer = await this.#rest.write<Session>(path, body, { session: 'none' });
    return this.#take(answer.body, true);
  }

  #take({ token, ...me }: Session, anew: boolean): Me {
    if (this.#keepsToken) this.#token = token;
    this.#signedOut = false;
    this.#set(me);
    if (this.#closed) return me;
    this.onToken(token, anew);
    const left = Date.parse(me.expiresAt) - this.#clock.now();
    this.#timer = setTimeout(() => void this.renew(), Math.min(MOST_MS, Math.max(LEAST_MS, (left * 2) / 3)));
    return me;
  }

  #set(me: Me | undefined): void {
    clearTimeout(this.#timer);
    const changed = me?.id !== this.#me?.id;
    this.#me = me;
    this.#options.note?.write(me?.id);
    if (me === undefined) this.onEnded();
    else for (const resolve of this.#waiting.splice(0)) resolve();
    if (changed || me === undefined) this.onChange(me);
  }
}
