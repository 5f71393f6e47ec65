/** Whether web nodes serve: `GET /readyz` answers 200. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError } from '../errors.ts';

const ASK_MS = 2_000;

export async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_MS), redirect: 'error' });
    await answer.body?.cancel();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** Whether a node serves, but without this server of its own. */
async function misses(url: string, server: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ASK_MS), redirect: 'error' });
    const { degraded } = (await answer.json()) as { readonly degraded?: readonly string[] };
    return degraded?.includes(server) === true;
  } catch {
    return false; // it says nothing of it
  }
}

/** Until no node misses this server, which has just become ready; not for longer than `ms`. */
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
