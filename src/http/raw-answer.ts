/** A problem written to a bare connection, where there is no request that Koa could answer; then the connection ends. */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem } from './problem.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export function refuseRaw(socket: Duplex, code: string, status: number): void {
  const { headers, body } = problem(code, status);
  const text = JSON.stringify(body);
  const head = {
    ...SECURITY_HEADERS,
    ...headers,
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json',
    'Content-Length': String(Buffer.byteLength(text)),
    Connection: 'close',
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  socket.on('error', () => undefined); // the client may be gone
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', text].join('\r\n'));
}
