/** Origins of our own pages: only they may send unsafe requests with a cookie, or open sockets with one. */
import type { Call } from './route.ts';

export function ownOrigins(given: readonly string[], ports: readonly number[]): ReadonlySet<string> {
  if (given.length > 0) return new Set(given.map(asBrowsersSay));
  return new Set(ports.flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]));
}

/** Lower case, no default port, no path. What is no URL is nobody's origin. */
const asBrowsersSay = (origin: string): string => (URL.canParse(origin) ? new URL(origin).origin : origin);

/** Where the caller finds our pages. Only ever an origin of ours: a Host header may say anything. */
export function pagesFor({ header, secure }: Pick<Call, 'header' | 'secure'>, own: ReadonlySet<string>): string {
  const asked = [header('origin'), `${secure ? 'https' : 'http'}://${header('host')}`];
  return asked.find((origin) => origin !== undefined && own.has(origin)) ?? [...own][0] ?? '';
}
