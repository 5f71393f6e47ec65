/**
 * Which site works on a model, from the view `orders`. The view may lag the log, and so the board that has just shown
 * the card, by a second: a *no* is asked again for so long.
 */
import { setTimeout } from 'node:timers/promises';
import { orUnavailable } from '../log/or-unavailable.ts';
import { type Queryable, statement } from '../log/statement.ts';

const used = statement<{ used: boolean }>(import.meta.url, 'sql/model-at-site');
const AGAIN_AFTER_MS = [100, 300, 800];

/** Does an order that stands at this site now use the model now? Throws `unavailable`. */
export async function modelAtSite(on: Queryable, model: string, site: string): Promise<boolean> {
  for (const ms of [0, ...AGAIN_AFTER_MS]) {
    if (ms > 0) await setTimeout(ms);
    const [row] = await orUnavailable(used.run(on, [model, site]));
    if (row?.used === true) return true;
  }
  return false;
}
