/** Whether processes serve, as their `GET /readyz` says: 200, and what they do without. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError, codeOf } from '../errors.ts';

const ASK_MS = 2_000;

export interface Answered {
  /** 200: it may be sent work. */
  readonly ready: boolean;
  /** What is not as it should be, as docs/operations.md explains. */
  readonly degraded: readonly string[];
}

const wordsIn = (text: string): string[] => {
  try {
    const { degraded } = JSON.parse(text) as { readonly degraded?: unknown };
    return Array.isArray(degraded) ? degraded.filter((word) => typeof word === 'string') : [];
  } catch {
    return []; // nginx says it in a page
  }
};

/** `refused`: nobody listens there; `silent`: no whole answer in time. */
export async function askReadiness(url: string): Promise<Answered | 'refused' | 'silent'> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_MS), redirect: 'error' });
    return { ready: answer.status === 200, degraded: wordsIn(await answer.text()) };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return codeOf(cause) === 'ECONNREFUSED' ? 'refused' : 'silent';
  }
}

async function isReady(url: string): Promise<boolean> {
  const answered = await askReadiness(url);
  return typeof answered === 'object' && answered.ready;
}

/** Whether a process says that it is without this server. */
async function misses(url: string, server: string): Promise<boolean> {
  const answered = await askReadiness(url);
  return typeof answered === 'object' && answered.degraded.includes(server);
}

/** Until no process misses this server, which has just become ready; not for longer than `ms`. */
export async function untilFound(
  server: string,
  urls: readonly string[],
  ms: number,
  stop: AbortSignal,
): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end && !stop.aborted; await sleep(50)) {
    const missing = await Promise.all(urls.map((url) => misses(url, server)));
    if (!missing.some(Boolean)) return;
  }
}

/** Throws `not_ready`, naming who was not. */
export async function untilReady(urls: readonly string[], ms: number, stop: AbortSignal): Promise<void> {
  const waiting = new Set(urls);
  const end = Date.now() + ms;
  for (;;) {
    const answers = await Promise.all([...waiting].map(async (url) => [url, await isReady(url)] as const));
    for (const [url, ready] of answers) if (ready) waiting.delete(url);
    if (waiting.size === 0) return;
    stop.throwIfAborted();
    if (Date.now() > end)
      throw new AndonError('not_ready', `not ready after ${Math.round(ms / 1_000)} s: ${[...waiting].join(', ')}`, {
        expose: true,
      });
    await sleep(50);
  }
}
