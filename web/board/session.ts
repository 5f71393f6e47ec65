/** Who is signed in at this page, and what goes to the server in that person's name. */
import { pageClient } from '../ui/page-client.ts';

export const andon = pageClient({ asksAgain: true });
export const { rest, session } = andon;
