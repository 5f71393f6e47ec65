/** Origins of our own pages: only they may send unsafe requests with a cookie, or open sockets with one. */
export function ownOrigins(given: readonly string[], ports: readonly number[]): ReadonlySet<string> {
  if (given.length > 0) return new Set(given.map((origin) => origin.replace(/\/$/, '')));
  return new Set(ports.flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]));
}
