/** What the launcher asks for about a demo: that its people are there, or that they are not. */
import type { Pool } from 'pg';
import { demoKey, revokeDemoKeys } from './demo-key.ts';
import { checkAlone, type DemoUser, demoUser, disableDemoUsers } from './demo-users.ts';
import { type Hiring, hire } from './hire.ts';
import type { KeyTools } from './partner-keys.ts';
import type { UserTools } from './user-admin.ts';

interface Partner {
  readonly name: string;
  /** As whoever asks knows it. */
  readonly apiKey?: string;
}

/** `first`: log-ins of users that every start makes. With it nothing is made where others work. */
export type DemoRequest =
  | {
      readonly do: 'demo-users';
      readonly users: readonly DemoUser[];
      readonly partner: Partner;
      readonly first?: readonly string[];
    }
  | { readonly do: 'end-demo'; readonly logins: readonly string[]; readonly partner: string };

export interface DemoTools extends KeyTools, Hiring, Pick<UserTools, 'endSessions' | 'audit'> {
  readonly pool: Pool;
}

export interface MadeUser {
  readonly role: string;
  readonly site: string | null;
  readonly login: string;
  readonly password: string;
  readonly apiKey?: string;
}

/** Answers with those whose password or key is new, or with the log-ins that ended. Throws `invalid`. */
export async function demoAdmin(tools: DemoTools, request: DemoRequest): Promise<MadeUser[] | readonly string[]> {
  if (request.do === 'end-demo') return endDemo(tools, request.logins, request.partner);
  const { users, partner, first } = request;
  const logins = users.map(({ login }) => login);
  if (first !== undefined) await checkAlone(tools.pool, logins, first);
  const made: MadeUser[] = [];
  for (const user of users) {
    const { login, role, site = null } = user;
    const { id, password } = await demoUser(tools.pool, user, tools.endSessions);
    if (role === 'operator') await hire(tools, { id, site: site ?? '' }); // again, should it have been cut off before
    if (password !== undefined) made.push({ role, site, login, password });
  }
  const apiKey = await demoKey(tools, partner.name, partner.apiKey);
  if (apiKey === undefined) return made;
  return [...made, { role: 'partner', site: null, login: partner.name, password: '', apiKey }];
}

async function endDemo(tools: DemoTools, logins: readonly string[], partner: string): Promise<readonly string[]> {
  const ended = await disableDemoUsers(tools.pool, logins, tools.endSessions);
  if (ended.length === 0) return ended; // the name alone tells nothing about whose keys they are
  await revokeDemoKeys(tools, partner);
  tools.audit('demo_ended', { logins: ended, partner });
  return ended;
}
