/** A small client of the REST surface, as an outsider would write it from the documents. */
import { randomUUID } from 'node:crypto';
import type { Login } from './product.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Whatever was answered: parsed JSON, or text. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface CallOptions {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Another node than the one the client was made for. */
  readonly at?: string;
  readonly signal?: AbortSignal;
}

export class Api {
  readonly url: string;
  readonly token: string | undefined;
  readonly id: string;
  readonly name: string;

  constructor(url: string, session?: { token: string; id: string; name: string }) {
    this.url = url;
    this.token = session?.token;
    this.id = session?.id ?? '';
    this.name = session?.name ?? '';
  }

  call(method: string, path: string, body?: unknown, options: CallOptions = {}): Promise<Reply> {
    if (body === undefined || body instanceof Uint8Array) {
      const type = body === undefined ? {} : { 'content-type': 'model/stl' };
      return this.raw(method, path, body, { ...options, headers: { ...type, ...options.headers } });
    }
    const headers = { 'content-type': 'application/json', ...options.headers };
    return this.raw(method, path, JSON.stringify(body), { ...options, headers });
  }

  /** The body as it is. */
  async raw(method: string, path: string, body: string | Uint8Array | undefined, options: CallOptions): Promise<Reply> {
    const response = await fetch(`${options.at ?? this.url}${path}`, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
        ...options.headers,
      },
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: json && text !== '' ? JSON.parse(text) : text };
  }

  get = (path: string, options?: CallOptions): Promise<Reply> => this.call('GET', path, undefined, options);
  post = (path: string, body: unknown = {}, options?: CallOptions): Promise<Reply> =>
    this.call('POST', path, body, options);

  /** A command of an order under a key of its own. */
  order = (id: string, command: string, fields: object = {}, options: CallOptions = {}): Promise<Reply> =>
    this.post(`/api/orders/${id}/${command}`, fields, { key: randomUUID(), ...options });

  upload = (stl: Uint8Array, name: string, options: CallOptions = {}): Promise<Reply> =>
    this.call('POST', '/api/models', stl, {
      key: randomUUID(),
      ...options,
      headers: { 'x-filename': encodeURIComponent(name), ...options.headers },
    });
}

export async function signIn(url: string, { login, password }: Pick<Login, 'login' | 'password'>): Promise<Api> {
  const { status, body } = await new Api(url).post('/api/session', { login, password });
  if (status !== 200 && status !== 201) throw new Error(`log-in of ${login}: ${status} ${JSON.stringify(body)}`);
  return new Api(url, body);
}
