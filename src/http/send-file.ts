/**
 * A file as an answer: whole or in part, streamed.
 *
 * Invariant: what was opened is closed, also when the caller goes away in the middle; Koa destroys a stream that is a
 * body when its answer ends in whatever way.
 */
import { type FileHandle, open } from 'node:fs/promises';
import type { Context } from 'koa';
import { unavailable } from '../errors.ts';
import { problem } from './problem.ts';
import { partOf, sameContent } from './range.ts';
import type { FileContent } from './route.ts';

/** Large enough that a big model takes few reads, small enough for many downloads at once. */
const CHUNK_BYTES = 256 * 1024;

/** Throws `unavailable` when the file can't be opened. */
export async function sendFile(ctx: Context, file: FileContent, tag: string | undefined): Promise<void> {
  const { path, bytes, type, name } = file;
  // A range of a HEAD means nothing.
  const ranged = ctx.method === 'GET' && sameContent(ctx.get('If-Range') || undefined, tag);
  const part = ranged ? partOf(ctx.get('Range'), bytes) : undefined;
  if (part === 'none') {
    notThere(ctx, bytes);
    return;
  }
  const { first, last } = part ?? { first: 0, last: bytes - 1 };
  const content = ctx.method === 'HEAD' ? undefined : await opened(path);
  ctx.status = part === undefined ? 200 : 206;
  ctx.set('Accept-Ranges', 'bytes');
  if (part !== undefined) ctx.set('Content-Range', `bytes ${first}-${last}/${bytes}`);
  ctx.set('Content-Type', type);
  ctx.set('Content-Disposition', attachment(name));
  if (content) ctx.body = content.createReadStream({ start: first, end: last, highWaterMark: CHUNK_BYTES });
  ctx.length = last - first + 1;
}

const opened = (path: string): Promise<FileHandle> =>
  open(path, 'r').catch((error: unknown) => {
    throw unavailable('storage', error);
  });

function notThere(ctx: Context, bytes: number): void {
  const { status, body } = problem('range_not_satisfiable', 416, { bytes });
  ctx.status = status;
  ctx.set({ 'Content-Range': `bytes */${bytes}`, 'Cache-Control': 'no-store' });
  ctx.remove('ETag');
  ctx.type = 'application/problem+json';
  ctx.body = JSON.stringify(body);
}

/** RFC 8187: what `encodeURIComponent` leaves and an extended value may not hold is encoded too. */
export const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;
