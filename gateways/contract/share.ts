/** Guest links: whoever has one may read the order, and follow it live, without signing in. */
import Type, { type Static } from 'typebox';

/** `url` shows the order in the shop; the token stands in its fragment, which browsers send to nobody. */
export const Shared = Type.Object({ token: Type.String(), url: Type.String() });
export type Shared = Static<typeof Shared>;

/** Address of the guest's page, below the origin of the shop. */
export const guestPage = (order: string, token: string): string => `/#/track/${order}/${token}`;
