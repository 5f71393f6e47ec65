/**
 * The server's time, told from the stamps that its answers carry: a stamp is never younger than its arrival, so the
 * smallest difference seen is the best guess. Counted on the monotonic clock: setting the tablet's clock changes nothing.
 */
export class ServerClock {
  #ahead = Number.POSITIVE_INFINITY;

  /** Milliseconds since 1970 by the server's clock, late by at most the fastest answer's way here. */
  now(): number {
    return Number.isFinite(this.#ahead) ? local() - this.#ahead : Date.now();
  }

  /** `stamp`: a moment by the server's clock that has just become known, RFC 3339 or an HTTP date. */
  observe(stamp: string | null | undefined): void {
    const at = stamp ? Date.parse(stamp) : Number.NaN;
    if (!Number.isNaN(at)) this.#ahead = Math.min(this.#ahead, local() - at);
  }
}

const local = (): number => performance.timeOrigin + performance.now();
