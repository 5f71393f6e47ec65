/** Waiting, abortable; and the spread that keeps a crowd from coming back at the same instant. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', stop, { once: true });
  });

/** Half to one and a half of `ms`. */
export const jitter = (ms: number): number => ms * (0.5 + Math.random());

/** A moment within `ms`, all of them equally likely. */
export const withinMs = (ms: number): number => ms * Math.random();

/** Doubles from 250 ms to 4 s, spread. */
export const backoff = (attempt: number): number => jitter(Math.min(4_000, 250 * 2 ** attempt));
