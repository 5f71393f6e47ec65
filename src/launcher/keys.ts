/** `keys add`, `keys revoke`, `keys list`: keys of partners of the Andon that is up. A key is shown once, and kept nowhere. */
import { type AdminRequest, askAdmin } from './admin.ts';
import type { NewKey } from './arguments.ts';
import type { Place } from './place.ts';
import { reach } from './reach.ts';
import type { Env } from './settings.ts';

type Asked = Extract<AdminRequest, { readonly do: 'add-key' | 'revoke-key' | 'list-keys' }>;
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function ask<T>(place: Place, env: Env, request: Asked, read: (answer: unknown) => T | undefined): Promise<T> {
  const run = reach(place, env);
  return askAdmin(place, run.settings, env, request, read);
}

type Print = (line: string) => void;

export async function addKey(
  place: Place,
  { partner, scopes, days, json }: NewKey & { readonly json: boolean },
  env: Env,
  print: Print,
): Promise<number> {
  const request: Asked = {
    do: 'add-key',
    partner,
    ...(scopes === undefined ? {} : { scopes }),
    ...(days === undefined ? {} : { days }),
  };
  const added = await ask(place, env, request, (answer) =>
    isFields(answer) && typeof answer['apiKey'] === 'string' ? answer : undefined,
  );
  const { id, apiKey, partnerId } = added;
  if (json) print(JSON.stringify({ partner, id, apiKey, partnerId }, undefined, 2));
  else {
    print(`Key ${id} of ${partner}, shown this once:`);
    print(`  ${apiKey}`);
  }
  return 0;
}

export async function revokeKey(place: Place, id: string, env: Env, print: Print): Promise<number> {
  await ask(place, env, { do: 'revoke-key', id }, (answer) => isFields(answer) || undefined);
  print(`Key ${id} is revoked: within two seconds no node takes it any more`);
  return 0;
}

export async function listKeys(place: Place, json: boolean, env: Env, print: Print): Promise<number> {
  const keys = await ask(place, env, { do: 'list-keys' }, (answer) =>
    Array.isArray(answer) && answer.every(isFields) ? answer : undefined,
  );
  if (json) print(JSON.stringify(keys, undefined, 2));
  else for (const key of keys) print(line(key));
  return 0;
}

const line = ({ id, partner, scopes, expiresAt, revokedAt }: Fields): string => {
  const end = revokedAt === null ? (expiresAt === null ? '' : `until ${expiresAt}`) : `revoked ${revokedAt}`;
  return `${id}  ${partner}  ${Array.isArray(scopes) ? scopes.join(',') : ''}  ${end}`.trimEnd();
};
