/** A reply on the wire: JSON, a picture or a file, ETag and 304, caching. */
import type { Context } from 'koa';
import { noneMatches } from './request-headers.ts';
import type { Reply } from './route.ts';
import { sendFile } from './send-file.ts';

export async function answer(ctx: Context, reply: Reply, status: number): Promise<void> {
  const { version, shared, headers = {}, text, image } = reply;
  const tag = version === undefined ? undefined : `"${version}"`;
  ctx.status = reply.status ?? status;
  ctx.set('Cache-Control', shared ?? (tag === undefined ? 'no-store' : 'private, no-cache'));
  if (tag !== undefined) {
    ctx.set('ETag', tag);
    if (shared === undefined) ctx.set('Vary', 'Cookie, Authorization');
  }
  if (tag !== undefined && isRead(ctx) && !noneMatches(ctx.req.headers['if-none-match'] || undefined, tag)) {
    ctx.set({ ...headers });
    ctx.status = 304;
    return;
  }
  if (reply.file !== undefined) {
    await sendFile(ctx, reply.file, tag);
    return;
  }
  ctx.type = image?.type ?? text?.type ?? 'application/json';
  ctx.set({ ...headers }); // a problem brings a type of its own
  if (image !== undefined) {
    ctx.body = Buffer.from(image.content);
    return;
  }
  ctx.body = text?.content ?? JSON.stringify(typeof reply.body === 'function' ? reply.body() : (reply.body ?? {}));
}

const isRead = ({ method }: Context): boolean => method === 'GET' || method === 'HEAD';
