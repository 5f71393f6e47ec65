/** How a caller shows its token: in the Authorization header, or in our cookie. */
import type { IncomingHttpHeaders } from 'node:http';
import { readCookie, SESSION_COOKIE } from './cookies.ts';

export interface Credentials {
  readonly token: string;
  /** A cookie comes along whoever started the request: unsafe methods then need an Origin of ours. */
  readonly by: 'bearer' | 'cookie';
}

export function credentialsOf(headers: IncomingHttpHeaders): Credentials | undefined {
  const { authorization, cookie } = headers;
  if (authorization !== undefined) {
    const token = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    return { token: token ?? '', by: 'bearer' };
  }
  const token = readCookie(cookie, SESSION_COOKIE);
  return token === undefined || token === '' ? undefined : { token, by: 'cookie' };
}
