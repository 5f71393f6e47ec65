/** What handlers of routes that need a session may rely on. */
import type { Principal } from '../identity/principal.ts';
import { unauthenticated } from '../identity/tokens.ts';
import { notFound } from './fail.ts';
import type { Asked } from './route.ts';

export function principalIn({ principal }: Asked): Principal {
  if (principal === undefined) throw unauthenticated('sign in first');
  return principal;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id in the path; what can't be one is an unknown id too. */
export function idIn({ params }: Asked): string {
  const id = params['id'];
  if (id === undefined || !UUID.test(id)) throw notFound();
  return id;
}
