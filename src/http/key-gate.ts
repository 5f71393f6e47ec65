/** What serving routes for keys of partners needs: whose a key is, and how much its holder may still ask. */
import type { Principal } from '../identity/principal.ts';
import type { Tell } from './route.ts';

export interface KeyGate {
  /** Throws `unauthenticated`. */
  holderOf(apiKey: string): Promise<Principal>;
  /** One request more. Throws `too_many`. */
  count(partner: string, tell: Tell): Promise<void>;
}
