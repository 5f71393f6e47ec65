import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { addLogins, loginTable, readLogins, setLoginsAside } from '../../src/launcher/logins.ts';
import { spec } from '../_kit/spec.ts';
import { withPlace } from './folder.ts';

const test = spec('log-ins', withPlace);

const user = (login: string, role = 'buyer') => ({ role, site: null, login, password: `of ${login}` });

test('are added to those there are, all with the address of today', async (place) => {
  await addLogins(place, 'http://old', [user('ada')]);
  await Promise.all(['bob', 'cy'].map((login) => addLogins(place, 'http://new', [user(login)])));
  assert.equal(
    readLogins(place)
      .map(({ login, url }) => `${login} ${url}`)
      .sort(),
    ['ada http://new', 'bob http://new', 'cy http://new'],
  );
  assert.is(statSync(place.loginsFile).mode & 0o777, 0o600);
});

test('take the place of those with the same name, and keep what else is known of somebody', async (place) => {
  await addLogins(place, 'http://a', [user('ada'), user('bob')]);
  await addLogins(place, 'http://a', [{ ...user('ada'), password: 'new', demo: 'played' }]);
  assert.equal(readLogins(place), [
    { url: 'http://a', ...user('bob') },
    { url: 'http://a', ...user('ada'), password: 'new', demo: 'played' },
  ]);
});

test('are shown by the first of each role and site', () => {
  const logins = [user('ada'), user('bob'), user('eve', 'crm')].map((made) => ({ ...made, url: '' }));
  assert.equal(loginTable(logins), ['  buyer  ada  of ada', '  crm    eve  of eve']);
});

test('of another database are kept beside, not shown', async (place) => {
  setLoginsAside(place);
  const beside = join(place.data, 'logins.before.json');
  assert.not.ok(existsSync(beside), 'there were none');
  await addLogins(place, 'http://a', [user('ada')]);
  setLoginsAside(place);
  assert.equal(readLogins(place), []);
  assert.is(statSync(beside).mode & 0o777, 0o600);
});
