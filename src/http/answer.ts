/** A reply on the wire: JSON, ETag and 304, caching. */
import type { Context } from 'koa';
import { noneMatches } from './request-headers.ts';
import type { Reply } from './route.ts';

export function answer(ctx: Context, reply: Reply, status: number): void {
  const { version, shared, headers = {}, text } = reply;
  const tag = version === undefined ? undefined : `"${version}"`;
  ctx.status = reply.status ?? status;
  ctx.set('Cache-Control', shared ?? (tag === undefined ? 'no-store' : 'private, no-cache'));
  if (tag !== undefined) {
    ctx.set('ETag', tag);
    if (shared === undefined) ctx.set('Vary', 'Cookie, Authorization');
  }
  if (tag !== undefined && isRead(ctx) && !noneMatches(ctx.get('If-None-Match') || undefined, tag)) {
    ctx.set({ ...headers });
    ctx.status = 304;
    return;
  }
  ctx.type = text?.type ?? 'application/json';
  ctx.set({ ...headers });
  ctx.body = text?.content ?? JSON.stringify(typeof reply.body === 'function' ? reply.body() : (reply.body ?? {}));
}

const isRead = ({ method }: Context): boolean => method === 'GET' || method === 'HEAD';
