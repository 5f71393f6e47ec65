import type { Principal } from '../../src/identity/principal.ts';
import { unauthenticated } from '../../src/identity/tokens.ts';
import type { Line } from '../../src/live/line.ts';

/** Guests are not admitted to the floor; the check is for the type. */
export function principalOf({ principal }: Line): Principal {
  if (principal === undefined) throw unauthenticated('sign in first');
  return principal;
}
