/**
 * `adopt`: takes a database into use whose log comes from elsewhere: restored from a dump, or served by a standby that
 * may have missed the newest commits. Needs that nothing of Andon runs on it, anywhere.
 */
import { AndonError } from '../errors.ts';
import { adoptLog } from '../log/adopt.ts';
import { askAdmin } from './admin.ts';
import { bringUpToDate } from './database.ts';
import { asOwner } from './owner.ts';
import type { Place } from './place.ts';
import type { Env } from './settings.ts';
import { type OpenStores, whileStopped } from './stopped.ts';

interface Views {
  readonly orders: number;
  readonly captured: number;
  readonly cards: number;
  readonly contents: number;
  readonly faults: readonly string[];
}

const isViews = (answer: unknown): Views | undefined =>
  typeof answer === 'object' && answer !== null && 'faults' in answer ? (answer as Views) : undefined;

/** Migrations, the new era, views, comparison. Resolves to whether all is as the log says. */
export async function adoptStores(
  place: Place,
  env: Env,
  { settings, adminUrl, stop }: OpenStores,
  say: (line: string) => void,
): Promise<boolean> {
  await bringUpToDate(place, { url: settings['DATABASE_URL'] ?? '', adminUrl }, say);
  const { era, jobs, sessions } = await asOwner(adminUrl, 'andon-adopt', adoptLog);
  say(`the log is ours: era ${era}; ${jobs} jobs begin again, ${sessions} sessions ended`);
  const { orders, captured, cards, contents, faults } = await askAdmin(
    place,
    settings,
    env,
    { do: 'adopt-views' },
    isViews,
    stop,
    say,
  );
  for (const fault of faults) say(`NOT AS THE LOG SAYS: ${fault}`);
  if (faults.length === 0)
    say(
      `compared with the log and equal: ${orders} orders, ${captured} captures and their claims, ${cards} cards on boards, ${contents} contents of models`,
    );
  return faults.length === 0;
}

export async function adopt(place: Place, env: Env, print: (line: string) => void): Promise<number> {
  const whole = await whileStopped(place, env, print, {
    work: (stores) => adoptStores(place, env, stores, print),
  });
  if (!whole)
    throw new AndonError('not_whole', 'adopted, but not all is as the log says (see above)', { expose: true });
  print('Adopted. Start it: ./andon up -d');
  return 0;
}
