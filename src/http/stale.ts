/** `Andon-Stale`: what was served without Postgres, or a board without Redis, may be so many seconds old. */
export const staleHeader = (seconds: number | undefined): Readonly<Record<string, string>> =>
  seconds === undefined ? {} : { 'Andon-Stale': String(Math.ceil(seconds)) };
