/**
 * REST in the name of a session: by its token, or by the cookie of a page. A read, and a write that has a key, is asked again until it is answered: after 3 s of
 * silence, a lost line or a 503, always with the same key, so that it counts once whatever happened on the way.
 */
import type { ServerClock } from './clock.ts';
import { backoff, pause } from './pause.ts';
import { codeOf, isAway, ProblemError, passes } from './problem.ts';

const ANSWER_MS = 3_000;
/** After this long a person should be told rather than kept waiting. */
const PATIENCE_MS = 60_000;
/** A limit may be one that does not pass, and a fault one that stays: so often they are asked about again. */
const FEW = 2;

export interface RestOptions {
  /** Where the product answers; absent: where the page came from. */
  readonly url?: string;
  /** The session's token, if it is not a cookie's. */
  readonly token?: () => string | undefined;
}

export interface Answered<T> {
  readonly body: T;
  readonly version?: number;
  readonly replay: boolean;
}

export interface WriteOptions {
  /** Without a key the write is asked once. */
  readonly key?: string;
  readonly expectedVersion?: number;
  readonly signal?: AbortSignal;
  readonly patienceMs?: number;
  /** `as-it-is`: that there is none any more is an answer; `none`: in nobody's name. */
  readonly session?: 'as-it-is' | 'none';
}

type Init = Omit<RequestInit, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly nobody?: boolean;
};

export class Rest {
  readonly #clock: ServerClock;
  readonly #url: string;
  readonly #token: () => string | undefined;
  /** The server does not know the session. Answers whether there is one again, or may be: then it is asked once more. */
  regain: () => Promise<boolean> = () => Promise.resolve(false);

  constructor(clock: ServerClock, { url = '', token = () => undefined }: RestOptions = {}) {
    this.#clock = clock;
    this.#url = url;
    this.#token = token;
  }

  get<T>(path: string, signal?: AbortSignal): Promise<Answered<T>> {
    return this.#signedIn(() => this.#untilAnswered(path, { method: 'GET' }, signal, PATIENCE_MS));
  }

  write<T>(path: string, body: unknown, options: WriteOptions = {}, method = 'POST'): Promise<Answered<T>> {
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (options.key !== undefined) headers['idempotency-key'] = options.key;
    if (options.expectedVersion !== undefined) headers['if-match'] = `"${options.expectedVersion}"`;
    const nobody = options.session === 'none';
    const init: Init = { method, headers, nobody, body: body === undefined ? null : JSON.stringify(body) };
    const ask = (): Promise<Answered<T>> =>
      options.key === undefined
        ? this.#once(path, init, options.signal, PATIENCE_MS)
        : this.#untilAnswered(path, init, options.signal, options.patienceMs ?? PATIENCE_MS);
    return options.session === undefined ? this.#signedIn(ask) : ask();
  }

  async #signedIn<T>(ask: () => Promise<Answered<T>>): Promise<Answered<T>> {
    try {
      return await ask();
    } catch (error) {
      if (codeOf(error) !== 'unauthenticated' || !(await this.regain())) throw error;
      return ask();
    }
  }

  async #untilAnswered<T>(
    path: string,
    init: Init,
    signal: AbortSignal | undefined,
    patienceMs: number,
  ): Promise<Answered<T>> {
    const deadline = performance.now() + patienceMs;
    let few = 0;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#once<T>(path, init, signal, ANSWER_MS);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ProblemError) || !passes(error.code)) throw error;
        if (!isAway(error.code) && ++few > FEW) throw error;
        const wait = Math.max(backoff(attempt), Number(error.details['retryAfterMs'] ?? 0));
        if (performance.now() + wait > deadline) throw error;
        await pause(wait, signal);
      }
    }
  }

  async #once<T>(
    path: string,
    { nobody, ...init }: Init,
    signal: AbortSignal | undefined,
    withinMs: number,
  ): Promise<Answered<T>> {
    const limits = [AbortSignal.timeout(withinMs), ...(signal ? [signal] : [])];
    let response: Response;
    let body: unknown;
    try {
      const token = nobody ? undefined : this.#token();
      const headers = { ...init.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
      const credentials = token === undefined ? 'same-origin' : 'omit';
      response = await fetch(this.#url + path, { ...init, headers, credentials, signal: AbortSignal.any(limits) });
      body = await bodyOf(response);
    } catch (error) {
      signal?.throwIfAborted();
      throw new ProblemError('offline', 0, {}, error);
    }
    this.#clock.observe(response.headers.get('date'));
    if (!response.ok) throw ProblemError.of(response.status, withRetryAfter(response, body));
    const version = /^"(\d+)"$/.exec(response.headers.get('etag') ?? '')?.[1];
    return {
      body: body as T,
      ...(version === undefined ? {} : { version: Number(version) }),
      replay: response.headers.get('idempotent-replay') === 'true',
    };
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '' || !(response.headers.get('content-type') ?? '').includes('json')) return undefined;
  return JSON.parse(text) as unknown;
}

function withRetryAfter(response: Response, body: unknown): unknown {
  const seconds = Number(response.headers.get('retry-after'));
  if (!(seconds > 0) || typeof body !== 'object' || body === null) return body;
  return { ...body, retryAfterMs: seconds * 1_000 };
}
