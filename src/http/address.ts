/** Where a request comes from: proxies we know are believed about who is behind them, nobody else is. */
import type { IncomingMessage } from 'node:http';
import { isIP, isIPv6 } from 'node:net';

/** Nobody can say where from. It is no address, so it is never loopback. */
const UNKNOWN = 'unknown';

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

export const isLoopback = (address: string): boolean => address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);

/** As some balancers write it: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
const withoutPort = (hop: string): string => hop.replace(/^([\d.]+):\d+$/, '$1').replace(/^\[(.+)\](:\d+)?$/, '$1');

/**
 * The nearest address that is not a known proxy's, read from the right of X-Forwarded-For. A known proxy that writes what
 * is no address hides its caller: it is not taken for the proxy itself, which may be of this machine.
 */
export function addressOf(request: IncomingMessage, proxies: readonly string[]): string {
  let address = plain(request.socket.remoteAddress ?? '');
  const forwarded = String(request.headers['x-forwarded-for'] ?? '');
  for (const hop of forwarded === '' ? [] : forwarded.split(',').reverse()) {
    if (!proxies.includes(address)) break;
    const next = plain(withoutPort(hop.trim()));
    if (isIP(next) === 0) return UNKNOWN;
    address = next;
  }
  return address;
}

/**
 * Whom limits by address count: IPv4 the address, IPv6 its /64. Whoever has one address of a /64 has them all, so each
 * alone would be no limit.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('%', 1)[0]?.split('::') ?? [];
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0;
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** Does the caller speak TLS, to us or to a known proxy? */
export function isSecure(request: IncomingMessage, proxies: readonly string[]): boolean {
  if ('encrypted' in request.socket) return true;
  const proxied = proxies.includes(plain(request.socket.remoteAddress ?? ''));
  return proxied && request.headers['x-forwarded-proto'] === 'https';
}
