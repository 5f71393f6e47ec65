/**
 * Who is signed in. The session itself is a cookie that scripts cannot read; what the page keeps is a note of who it
 * was (nothing secret), so that a page knows whether to ask for the session at all. Another window that signs in
 * somebody else changes the cookie for all: this page then starts anew.
 */
import type { LogIn, Session, SignUp } from '../../gateways/contract/session.ts';
import type { ServerClock } from './clock.ts';
import { codeOf } from './problem.ts';
import type { Rest } from './rest.ts';

export type Me = Omit<Session, 'token'>;

const NOTE = 'andon.me';
const RETRY_MS = 2_000;

export class SessionKeeper {
  readonly #rest: Rest;
  readonly #clock: ServerClock;
  #me: Me | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  onChange: (me: Me | undefined) => void = () => undefined;
  /** A fresh token: open sockets take it over. */
  onToken: (token: string) => void = () => undefined;

  constructor(rest: Rest, clock: ServerClock) {
    this.#rest = rest;
    this.#clock = clock;
    rest.onSignedOut = () => this.#set(undefined);
    addEventListener('storage', (event) => {
      if (event.key === NOTE && readNote() !== this.#me?.id) location.reload();
    });
  }

  get me(): Me | undefined {
    return this.#me;
  }

  /** Takes up the session that the cookie may still hold. */
  async resume(): Promise<void> {
    if (readNote() === undefined) return this.onChange(undefined);
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
      await this.#rest.write('/api/session', undefined, {}, 'DELETE');
    } finally {
      this.#set(undefined);
    }
  }

  async renew(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      const { body } = await this.#rest.write<Session>('/api/session/renew', undefined);
      this.#take(body);
    } catch (error) {
      if (codeOf(error) === 'unauthenticated') return;
      // Nobody answers: who was signed in still is, as far as anybody knows.
      this.#timer = setTimeout(() => void this.renew(), RETRY_MS);
    }
  }

  async #start(path: string, body: LogIn | SignUp): Promise<Me> {
    const answer = await this.#rest.write<Session>(path, body);
    return this.#take(answer.body);
  }

  #take({ token, ...me }: Session): Me {
    this.#set(me);
    this.onToken(token);
    const left = Date.parse(me.expiresAt) - this.#clock.now();
    this.#timer = setTimeout(() => void this.renew(), Math.max(1_000, (left * 2) / 3));
    return me;
  }

  #set(me: Me | undefined): void {
    clearTimeout(this.#timer);
    const changed = me?.id !== this.#me?.id;
    this.#me = me;
    writeNote(me?.id);
    if (changed || me === undefined) this.onChange(me);
  }
}

function readNote(): string | undefined {
  try {
    return localStorage.getItem(NOTE) ?? undefined;
  } catch {
    return undefined;
  }
}

function writeNote(id: string | undefined): void {
  try {
    if (id === undefined) localStorage.removeItem(NOTE);
    else localStorage.setItem(NOTE, id);
  } catch {
    // storage may be forbidden: then a reload asks to sign in again
  }
}
