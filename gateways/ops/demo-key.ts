/** The key of the demo's partner: one that lives, and that whoever asks knows. */
import { codeOf } from '../../src/errors.ts';
import { KeyHolders } from '../../src/identity/key-holders.ts';
import { addPartnerKey, type ListedKey, listPartnerKeys, revokePartnerKey } from '../../src/identity/partner-keys.ts';
import { SCOPES } from '../contract/scopes.ts';
import type { KeyTools } from './partner-keys.ts';

/** As the demo makes them; others were made by hand, and stay. */
const isDemos = ({ scopes, expiresAt, revokedAt }: ListedKey): boolean =>
  revokedAt === null && expiresAt === null && SCOPES.every((scope) => scopes.includes(scope));

export async function revokeDemoKeys({ pool }: KeyTools, partner: string): Promise<void> {
  for (const key of await listPartnerKeys(pool))
    if (key.partner === partner && isDemos(key)) await revokePartnerKey(pool, key.id);
}

/** `known`: as whoever asks has it. A new one where that counts no more; then those nobody knows end. undefined: it does. */
export async function demoKey(tools: KeyTools, partner: string, known?: string): Promise<string | undefined> {
  const { pool, digestOf } = tools;
  if (known !== undefined && (await lives(tools, known))) return undefined;
  await revokeDemoKeys(tools, partner);
  return (await addPartnerKey(pool, digestOf, { partner, scopes: SCOPES })).apiKey;
}

async function lives({ pool, digestOf }: KeyTools, apiKey: string): Promise<boolean> {
  try {
    await new KeyHolders({ pool, digestOf, role: 'partner' }).holderOf(apiKey);
    return true;
  } catch (error) {
    if (codeOf(error) === 'unauthenticated') return false;
    throw error;
  }
}
