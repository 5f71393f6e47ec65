/** What HTTP itself can find wrong with a request. */
import { AndonError } from '../errors.ts';

const shown = (code: string, text: string, details: Record<string, unknown> = {}): AndonError =>
  new AndonError(code, text, { expose: true, details });

export const malformed = (why: string): AndonError => shown('malformed', why);
export const forbidden = (): AndonError => shown('forbidden', 'your roles do not allow this');
export const forbiddenScope = (scope: string): AndonError => shown('forbidden', 'the key is not for that', { scope });
export const badOrigin = (): AndonError => shown('bad_origin', 'this page may not send that');
export const notFound = (): AndonError => shown('not_found', 'there is no such thing');
export const methodNotAllowed = (): AndonError => shown('method_not_allowed', 'not with this method');
export const tooLarge = (limit: number): AndonError => shown('too_large', `more than ${limit} bytes`, { limit });
export const unsupported = (wanted: string): AndonError => shown('unsupported_media_type', `send ${wanted}`);
export const keyRequired = (): AndonError => shown('idempotency_key_required', 'send an Idempotency-Key');
/** `retryAfterSeconds`: where a second is not enough. */
export const tooMany = (limit: number, what: string, retryAfterSeconds?: number): AndonError =>
  shown('too_many', what, { limit, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
