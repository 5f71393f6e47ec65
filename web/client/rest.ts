/**
 * REST with the session's cookie. A read, and a write that has a key, is asked again until it is answered: after 3 s of
 * silence, a lost line or a 503, always with the same key, so that it counts once whatever happened on the way.
 */
import type { ServerClock } from './clock.ts';
import { backoff, pause } from './pause.ts';
import { ProblemError, passes } from './problem.ts';

const ANSWER_MS = 3_000;
/** After this long a person should be told rather than kept waiting. */
const PATIENCE_MS = 60_000;

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
}

export class Rest {
  readonly #clock: ServerClock;
  /** The server no longer knows the session. */
  onSignedOut: () => void = () => undefined;

  constructor(clock: ServerClock) {
    this.#clock = clock;
  }

  get<T>(path: string, signal?: AbortSignal): Promise<Answered<T>> {
    return this.#untilAnswered(path, { method: 'GET' }, signal, PATIENCE_MS);
  }

  write<T>(path: string, body: unknown, options: WriteOptions = {}, method = 'POST'): Promise<Answered<T>> {
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (options.key !== undefined) headers['idempotency-key'] = options.key;
    if (options.expectedVersion !== undefined) headers['if-match'] = `"${options.expectedVersion}"`;
    const init: RequestInit = { method, headers, body: body === undefined ? null : JSON.stringify(body) };
    return options.key === undefined
      ? this.#once(path, init, options.signal, PATIENCE_MS)
      : this.#untilAnswered(path, init, options.signal, options.patienceMs ?? PATIENCE_MS);
  }

  async #untilAnswered<T>(
    path: string,
    init: RequestInit,
    signal: AbortSignal | undefined,
    patienceMs: number,
  ): Promise<Answered<T>> {
    const deadline = performance.now() + patienceMs;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#once<T>(path, init, signal, ANSWER_MS);
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ProblemError) || !passes(error.code)) throw error;
        const wait = Math.max(backoff(attempt), Number(error.details['retryAfterMs'] ?? 0));
        if (performance.now() + wait > deadline) throw error;
        await pause(wait, signal);
      }
    }
  }

  async #once<T>(
    path: string,
    init: RequestInit,
    signal: AbortSignal | undefined,
    withinMs: number,
  ): Promise<Answered<T>> {
    const limits = [AbortSignal.timeout(withinMs), ...(signal ? [signal] : [])];
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(path, { ...init, credentials: 'same-origin', signal: AbortSignal.any(limits) });
      body = await bodyOf(response);
    } catch (error) {
      signal?.throwIfAborted();
      throw new ProblemError('offline', 0, {}, error);
    }
    this.#clock.observe(response.headers.get('date'));
    if (!response.ok) {
      const problem = ProblemError.of(response.status, withRetryAfter(response, body));
      if (problem.code === 'unauthenticated') this.onSignedOut();
      throw problem;
    }
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
