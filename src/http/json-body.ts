/** A JSON body, bounded: 413 before 415 before 400, whatever is wrong with it besides. */
import type { IncomingMessage } from 'node:http';
import { malformed, tooLarge, unsupported } from './fail.ts';
import type { Fields } from './route.ts';

export const JSON_BYTES = 1024 * 1024;
/** Whoever sends a body drop by drop holds its connection no longer than that, milliseconds. */
const WHOLE_MS = 30_000;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

const isJson = (type: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset=("?)utf-8\2\s*)?$/i.test(type?.trim() ?? '');

/** Nothing is unpacked here: a small body could become a large one. Throws `unsupported_media_type`. */
export function refuseEncoded({ headers }: IncomingMessage): void {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') throw unsupported('the bytes as they are, without Content-Encoding');
}

/** By its events: an iterator of the stream costs as much as the rest of a small request. */
function readBytes(request: IncomingMessage, limit: number, wholeMs: number): Promise<Buffer> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (Number(length ?? 0) > limit) return Promise.reject(tooLarge(limit));
  if (length === undefined && encoding === undefined) return Promise.resolve(Buffer.alloc(0));
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= limit) chunks.push(chunk);
    else refuse(tooLarge(limit)); // and the connection stays: it is still to be answered
  };
  const end = (): void => {
    stop();
    resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes));
  };
  const broken = (error?: unknown): void =>
    refuse(request.complete && error !== undefined ? error : malformed('the body broke off'));
  const refuse = (error: unknown): void => {
    stop();
    reject(error);
  };
  const stop = (): void => {
    clearTimeout(late);
    request.off('data', take).off('end', end).off('error', broken).off('close', broken);
  };
  const late = setTimeout(() => request.destroy(), wholeMs);
  if (request.destroyed) broken();
  else request.on('data', take).on('end', end).on('error', broken).on('close', broken);
  return promise;
}

/** No body at all counts as `{}`: most commands have no fields. Throws `too_large`, `unsupported_media_type`, `malformed`. */
export async function readJson(request: IncomingMessage, limit = JSON_BYTES, wholeMs = WHOLE_MS): Promise<Fields> {
  const bytes = await readBytes(request, limit, wholeMs);
  if (bytes.length === 0) return {};
  refuseEncoded(request);
  if (!isJson(request.headers['content-type'])) throw unsupported('application/json');
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode(bytes));
  } catch {
    throw malformed('the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('the body is no JSON object');
  return value as Fields;
}
