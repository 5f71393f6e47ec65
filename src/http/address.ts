/** Where a request comes from: proxies we know are believed about who is behind them, nobody else is. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** The nearest address that is not a known proxy's, read from the right of X-Forwarded-For. */
export function addressOf(request: IncomingMessage, proxies: readonly string[]): string {
  let address = plain(request.socket.remoteAddress ?? '');
  const forwarded = String(request.headers['x-forwarded-for'] ?? '');
  for (const hop of forwarded === '' ? [] : forwarded.split(',').reverse()) {
    if (!proxies.includes(address) || isIP(hop.trim()) === 0) break;
    address = plain(hop.trim());
  }
  return address;
}

/** Does the caller speak TLS, to us or to a known proxy? */
export function isSecure(request: IncomingMessage, proxies: readonly string[]): boolean {
  if ('encrypted' in request.socket) return true;
  const proxied = proxies.includes(plain(request.socket.remoteAddress ?? ''));
  return proxied && request.headers['x-forwarded-proto'] === 'https';
}
