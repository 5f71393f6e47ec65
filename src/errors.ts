/** One base for everything thrown on purpose. Match on `code`; texts may change. */
export type Retry = 'never' | 'later' | 'elsewhere';

export class AndonError extends Error {
  readonly code: string;
  readonly retry: Retry;
  /** true: message and details may be shown to the caller. */
  readonly expose: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { retry?: Retry; expose?: boolean; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AndonError';
    this.code = code;
    this.retry = options.retry ?? 'never';
    this.expose = options.expose ?? false;
    this.details = options.details ?? {};
  }
}

/** A bounded queue is full: an early, honest refusal. */
export const overloaded = (what: string): AndonError =>
  new AndonError('overloaded', `too much waits for ${what}`, { retry: 'later', expose: true });

/** A server this needs is away, or an outcome can't be known now. */
export const unavailable = (what: string, cause?: unknown): AndonError =>
  new AndonError('unavailable', `${what} is not available`, { retry: 'elsewhere', expose: true, cause });

/** One fault of an input: where (JSON pointer) and which rule. */
export interface Fault {
  readonly path: string;
  readonly rule: string;
}

/** What a caller did wrong in the shape of a request. */
export const invalidInput = (errors: readonly Fault[]): AndonError =>
  new AndonError('invalid', faultsText(errors), { expose: true, details: { errors } });

/** All of them in one line, for people. */
export const faultsText = (errors: readonly Fault[]): string =>
  errors.map(({ path, rule }) => `${path || '/'} ${rule}`).join('; ');

/** A cursor that no page of this list gave. */
export const badCursor = (): AndonError => invalidInput([{ path: '/cursor', rule: 'must be `next` of a page before' }]);

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'internal';
