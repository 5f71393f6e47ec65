import { request } from 'node:http';
import type { Duplex } from 'node:stream';

export interface Upgraded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of the problem, where it was refused with one. */
  readonly code: string | undefined;
  /** Whoever was let in has to close it. */
  readonly socket: Duplex | undefined;
}

/** The bare request for a WebSocket, before any library of the client has a say. */
export function upgrade(
  url: string,
  headers: Readonly<Record<string, string>>,
  path = '/socket.io/?EIO=4&transport=websocket',
): Promise<Upgraded> {
  const { promise, resolve, reject } = Promise.withResolvers<Upgraded>();
  const asked = request(`${url}${path}`, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.from('0123456789abcdef').toString('base64'),
      ...headers,
    },
  });
  asked.on('response', (response) => {
    let body = '';
    response.on('data', (chunk) => (body += chunk));
    response.on('end', () => {
      const code = response.headers['content-type']?.includes('json') ? JSON.parse(body).code : undefined;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, code, socket: undefined });
    });
  });
  asked.on('upgrade', (response, socket) => {
    socket.on('error', () => undefined);
    resolve({ status: response.statusCode ?? 0, headers: response.headers, code: undefined, socket });
  });
  asked.on('error', reject);
  asked.end();
  return promise;
}
