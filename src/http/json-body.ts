/** A JSON body, bounded: 413 before 415 before 400, whatever is wrong with it besides. */
import type { IncomingMessage } from 'node:http';
import { malformed, tooLarge, unsupported } from './fail.ts';
import type { Fields } from './route.ts';

export const JSON_BYTES = 1024 * 1024;

const isJson = (type: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset=("?)utf-8\2\s*)?$/i.test(type?.trim() ?? '');

async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Taken by hand: leaving a `for await` early would destroy the socket before it is answered.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bytes += (chunk as Buffer).length;
      if (bytes > limit) throw tooLarge(limit);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (request.destroyed && !request.complete) throw malformed('the body broke off');
    throw error;
  }
  return Buffer.concat(chunks, bytes);
}

/** No body at all counts as `{}`: most commands have no fields. Throws `too_large`, `unsupported_media_type`, `malformed`. */
export async function readJson(request: IncomingMessage, limit = JSON_BYTES): Promise<Fields> {
  const bytes = await readBytes(request, limit);
  if (bytes.length === 0) return {};
  if (!isJson(request.headers['content-type'])) throw unsupported('application/json');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('the body is no JSON object');
  return value as Fields;
}
