/** `session:renew {token}`: the socket goes on as long as the new token does. It must be the same person's. */
import Type from 'typebox';
import { forbidden } from '../http/fail.ts';
import type { Principal } from '../identity/principal.ts';
import { unauthenticated } from '../identity/tokens.ts';
import { type Handler, on, type Space } from './space.ts';

const RenewToken = Type.Object(
  { token: Type.String({ minLength: 1, maxLength: 4_000 }) },
  { additionalProperties: false },
);

export const renewal = (
  { principalOf }: { principalOf(token: string): Promise<Principal> },
  space: Pick<Space, 'admits'>,
): Handler =>
  on(RenewToken, async (line, { token }) => {
    const principal = await principalOf(token);
    if (principal.id !== line.principal?.id) throw unauthenticated('the token is another’s');
    if (!space.admits(principal)) throw forbidden();
    line.principal = principal;
    return { ack: { expiresAt: new Date(principal.expiresAt).toISOString() } };
  });
