/** Who is signed in at this page, and REST in that person's name. */
import { Rest } from '../client/rest.ts';
import { SessionKeeper } from '../client/session.ts';
import { clock } from '../ui/ticking.ts';

export const rest = new Rest(clock);
export const session = new SessionKeeper(rest, clock);
