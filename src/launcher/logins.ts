/** logins.json: the users that the launcher made, with their passwords in the clear; 0600, and nowhere else written. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError } from '../errors.ts';
import { lockPath } from './lock.ts';
import type { Place } from './place.ts';
import { readPrivately, writePrivately } from './private-file.ts';

export interface NewUser {
  readonly role: string;
  readonly site: string | null;
  readonly login: string;
  readonly password: string;
  /** A partner's, instead of a password. */
  readonly apiKey?: string;
  /** Of the demo: whether it plays this one. */
  readonly demo?: 'played' | 'free';
}

export interface Login extends NewUser {
  readonly url: string;
}

export function readLogins(place: Place): Login[] {
  const found = readPrivately(place.loginsFile) ?? [];
  if (!Array.isArray(found)) throw new AndonError('bad_file', `${place.loginsFile} is not a list`, { expose: true });
  return found as Login[];
}

/** For a database that has no users yet: the logins there are belong to another one. They are kept beside. */
export function setLoginsAside(place: Place): void {
  if (readLogins(place).length > 0) renameSync(place.loginsFile, join(place.data, 'logins.before.json'));
}

/** Adds users, in place of those with their log-ins, and gives every entry today's address. Two commands at once don't lose each other's. */
export async function addLogins(place: Place, url: string, users: readonly NewUser[]): Promise<Login[]> {
  return alone(place, () => {
    const added = users.map((user) => ({ url, ...user }));
    const before = readLogins(place).filter(({ login }) => !added.some((user) => user.login === login));
    if (added.length > 0 || before.some((login) => login.url !== url))
      writePrivately(place.loginsFile, [...before.map((login) => ({ ...login, url })), ...added]);
    return added;
  });
}

/** A login that stands there gets its new password; what was made elsewhere is not added. */
export async function changeLogin(place: Place, changed: Login): Promise<void> {
  await alone(place, () => {
    const before = readLogins(place);
    if (!before.some(({ login }) => login === changed.login)) return;
    const after = before.map((login) =>
      login.login === changed.login ? { ...login, password: changed.password } : login,
    );
    writePrivately(place.loginsFile, after);
  });
}

async function alone<T>(place: Place, act: () => T): Promise<T> {
  let release = await lockPath(place.data, 'logins');
  for (const end = Date.now() + 10_000; release === undefined; release = await lockPath(place.data, 'logins')) {
    if (Date.now() > end)
      throw new AndonError('busy', `${place.loginsFile} is being written by another command`, { expose: true });
    await sleep(20);
  }
  try {
    return act();
  } finally {
    await release();
  }
}

/** A table for people: the first of each role and site, as there may be hundreds. */
export function loginTable(logins: readonly Login[]): string[] {
  const firsts = logins.filter(
    (login, i) => logins.findIndex((other) => other.role === login.role && other.site === login.site) === i,
  );
  const width = (of: (login: Login) => string): number => Math.max(0, ...firsts.map((login) => of(login).length));
  const [roles, names] = [width((l) => l.role), width((l) => l.login)];
  return firsts.map((l) => `  ${l.role.padEnd(roles)}  ${l.login.padEnd(names)}  ${l.password}`);
}
