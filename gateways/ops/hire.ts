/** A user who is an operator is also an actor: from being hired on. */
import type { OperatorCommand } from '../../actors/operator/commands.ts';
import { AndonError } from '../../src/errors.ts';
import type { Answer, Envelope } from '../../src/runtime/actor.ts';
import { NAMESPACE, uuid5 } from '../../src/uuid5.ts';

export interface Hiring {
  send(envelope: Envelope): Promise<Answer>;
  hashOf(envelope: Omit<Envelope, 'hash'>): string;
}

const LIMIT = 5;

/** All skills, off shift; `limit`: most orders held at once. Twice is as once. */
export async function hire(
  { send, hashOf }: Hiring,
  { id, site, limit = LIMIT }: { readonly id: string; readonly site: string; readonly limit?: number },
): Promise<void> {
  const envelope = {
    kind: 'operator',
    actor: id,
    commandId: uuid5(NAMESPACE.job, `hire/${id}`),
    issuer: { role: 'system', roles: ['system'], id: 'admin', tenant: 'system' },
    command: { type: 'hire', site, limit } satisfies OperatorCommand,
    repeatable: true,
  };
  const answer = await send({ ...envelope, hash: hashOf(envelope) });
  if (!answer.ok) throw new AndonError(answer.code, `hire: ${answer.code}`, { expose: true });
}
