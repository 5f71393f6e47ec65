/** The session cookie: not readable by scripts, not sent with requests that other sites start (but links). */
export const SESSION_COOKIE = 'andon';

export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/** `untilMs`: milliseconds since 1970. */
export function sessionCookie(token: string, untilMs: number, secure: boolean): string {
  const seconds = Math.max(0, Math.floor((untilMs - Date.now()) / 1_000));
  return `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure ? '; Secure' : ''}`;
}

export const noSessionCookie = (secure: boolean): string => sessionCookie('', 0, secure);
