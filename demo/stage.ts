/** What all players share: where the product is, how fast they are, what they know of each other. */
import type { Catalog } from '../gateways/contract/catalog.ts';
import { ServerClock } from '../web/client/clock.ts';
import { pause } from '../web/client/pause.ts';
import { codeOf, ProblemError } from '../web/client/problem.ts';
import { Rest } from '../web/client/rest.ts';
import type { Cast } from './cast.ts';
import type { Market } from './decide/market.ts';
import type { Log } from './log.ts';
import type { Tally } from './tally.ts';

export interface Stage {
  readonly url: string;
  readonly pace: number;
  /** How soon somebody who is not let in tries again: rarely, as wrong log-ins are counted. */
  readonly knockMs: number;
  readonly stop: AbortSignal;
  readonly log: Log;
  readonly cast: Cast;
  readonly tally: Tally;
  readonly market: Market;
  readonly catalog: Catalog;
  /** Ids of those who are played. */
  readonly played: Set<string>;
}

/** Who is not let in may have been given another password, or was disabled. */
const NOT_LET_IN: readonly string[] = ['unauthenticated', 'too_many'];
const AGAIN_MS = 3_000;

/** Until it succeeds; undefined: the demo is over. That the product is away or says no is no fault of a player. */
export async function untilDone<T>(
  { stop, log, knockMs }: Pick<Stage, 'stop' | 'log' | 'knockMs'>,
  what: string,
  attempt: () => Promise<T>,
): Promise<T | undefined> {
  for (let told = ''; !stop.aborted; ) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const code = codeOf(error);
      if (code !== told) log.info({ event_type: 'waits', what, code }, 'waits');
      told = code;
      await pause(NOT_LET_IN.includes(code) ? knockMs : AGAIN_MS, stop).catch(() => undefined);
    }
  }
  return undefined;
}

/**
 * Does `step` over and over until the demo is over. All who have the same beat act in the same instant, as people do who
 * look at one screen: so they meet at the same card now and then.
 */
export async function inBeats(
  { stop, log, pace, knockMs, tally }: Pick<Stage, 'stop' | 'log' | 'pace' | 'knockMs' | 'tally'>,
  beatMs: number,
  step: () => Promise<void>,
): Promise<void> {
  const beat = Math.max(100, beatMs / pace);
  while (!stop.aborted) {
    try {
      await step();
    } catch (error) {
      if (stop.aborted) return;
      if (error instanceof ProblemError) {
        tally.refused(error.code);
        if (error.code === 'unauthenticated') await pause(knockMs, stop).catch(() => undefined);
      } else log.error({ event_type: 'player_failed', error: String(error), stack: (error as Error).stack }, 'failed');
    }
    await pause(beat - (Date.now() % beat), stop).catch(() => undefined);
  }
}

export const readCatalog = async (url: string): Promise<Catalog> =>
  (await new Rest(new ServerClock(), { url }).get<Catalog>('/api/catalog')).body;
