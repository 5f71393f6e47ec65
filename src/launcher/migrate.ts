/** `migrate`: brings the database that DATABASE_URL names up to this version; `up` does it by itself. */
import { AndonError } from '../errors.ts';
import { settleOrigin } from '../log/origin.ts';
import { bringUpToDate } from './database.ts';
import { asOwner } from './owner.ts';
import type { Place } from './place.ts';
import { type Env, given } from './settings.ts';

export async function migrate(place: Place, env: Env, print: (line: string) => void): Promise<number> {
  const url = given(env, 'DATABASE_URL');
  if (url === undefined)
    throw new AndonError('no_database', 'DATABASE_URL names no database; private ones are brought up to date by up', {
      expose: true,
    });
  const adminUrl = given(env, 'DATABASE_ADMIN_URL') ?? url;
  await bringUpToDate(place, { url, adminUrl }, print);
  await asOwner(adminUrl, 'andon-migrate', settleOrigin);
  print('The database is up to date');
  return 0;
}
