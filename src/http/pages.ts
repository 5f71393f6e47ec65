/**
 * The built pages, read once at start: `/` is the shop, `/board` the floor, `/console` the office; files below `/assets` carry a
 * hash in their names and never change. Scripts and styles come from us alone, none stand in the page.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'koa';
import { noneMatches } from './request-headers.ts';

/** Addresses of before: what stands behind `#` is kept as it is. */
const MOVED: Readonly<Record<string, string>> = { '/crm': '/console' };

/** false = there is no such page. */
export type Pages = (ctx: Context) => Promise<boolean>;

interface Page {
  readonly content: Buffer;
  /** Only where it is smaller by a tenth. */
  readonly zipped?: Buffer;
  readonly type: string;
  readonly tag: string;
  readonly forEver: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const zip = promisify(gzip);
const WORDS = /^(text|application)\/|^image\/svg/;
/** Smaller ones fit into one packet either way. */
const WORTH_BYTES = 1_000;

async function zippedOf(content: Buffer, type: string): Promise<{ zipped?: Buffer }> {
  if (!WORDS.test(type) || content.length < WORTH_BYTES) return {};
  const zipped = await zip(content, { level: 9 });
  return zipped.length < content.length * 0.9 ? { zipped } : {};
}

async function readPages(dir: string): Promise<ReadonlyMap<string, Page>> {
  const pages = new Map<string, Page>();
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(dir, file).split(sep).join('/')}`;
    const content = await readFile(file);
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    const zipped = await zippedOf(content, type);
    const page: Page = { content, type, tag, forEver: path.startsWith('/assets/'), ...zipped };
    // `/index.html` is `/`, `/board.html` and `/board/index.html` are `/board`.
    pages.set(path.replace(/\/index\.html$/, '').replace(/\.html$/, '') || '/', page);
  }
  return pages;
}

/** An empty or missing folder is no error: a node may serve the interfaces alone. */
export async function openPages(dir: string): Promise<Pages> {
  const pages = await readPages(dir);
  return async (ctx) => {
    const path = ctx.path.length > 1 ? ctx.path.replace(/\/$/, '') : ctx.path;
    const page = pages.get(MOVED[path] ?? path);
    if (page === undefined || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return false;
    const zipped = ctx.acceptsEncodings('gzip', 'identity') === 'gzip' ? page.zipped : undefined;
    // Weak: the same page, packed or not.
    const tag = `W/${page.tag}`;
    ctx.set('ETag', tag);
    if (page.zipped !== undefined) ctx.vary('Accept-Encoding');
    ctx.set('Cache-Control', page.forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    ctx.set('Content-Security-Policy', POLICY);
    ctx.type = page.type;
    if (noneMatches(ctx.get('If-None-Match') || undefined, tag)) {
      if (zipped !== undefined) ctx.set('Content-Encoding', 'gzip');
      ctx.body = zipped ?? page.content;
    } else ctx.status = 304;
    return true;
  };
}
