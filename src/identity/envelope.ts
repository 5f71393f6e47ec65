/** A principal's command on its way to an actor: the same ids and hash over every transport. */
import { randomUUID } from 'node:crypto';
import type { Answer, Envelope, Issuer } from '../runtime/actor.ts';
import { NAMESPACE, uuid5 } from '../uuid5.ts';
import type { Cause } from './people.ts';
import type { Principal } from './principal.ts';

/** `role`: the one of the principal's roles under which it sends. */
export const issuerOf = ({ id, tenant, roles, site }: Principal, role: string): Issuer => ({
  role,
  roles,
  id,
  tenant,
  ...(site === undefined ? {} : { site }),
});

/** One key space per caller and scope: an order's or operator's id, or `create`. Without a key nothing is repeatable. */
export const commandIdOf = ({ tenant, id }: Principal, scope: string, key: string | undefined): string =>
  key === undefined ? randomUUID() : uuid5(NAMESPACE.command, JSON.stringify([tenant, id, scope, key]));

export interface Asking {
  readonly principal: Principal;
  readonly role: string;
  readonly kind: string;
  readonly actor: string;
  /** From `commandIdOf`. */
  readonly commandId: string;
  readonly key: string | undefined;
  readonly command: { readonly type: string };
  readonly expectedVersion?: number | undefined;
  readonly trace?: string | undefined;
}

export type HashOf = (envelope: Omit<Envelope, 'hash'>) => string;

export function envelopeFor(asking: Asking, hashOf: HashOf): Envelope {
  const { principal, role, kind, actor, commandId, key, command, expectedVersion, trace } = asking;
  const envelope = {
    kind,
    actor,
    commandId,
    issuer: issuerOf(principal, role),
    command,
    repeatable: key !== undefined,
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
    ...(trace === undefined ? {} : { trace }),
  };
  return { ...envelope, hash: hashOf(envelope) };
}

export interface SendDeps {
  readonly runtime: { send(envelope: Envelope): Promise<Answer> };
  readonly hashOf: HashOf;
  /** Rows that the log names by id; the same id again changes nothing. */
  putContact(id: string, contact: string, cause: Cause): Promise<void>;
  putNote(id: string, text: string, cause: Cause): Promise<void>;
}

/**
 * Under one role after the other, until the addressed actor exists for one: a buyer may also be of the CRM. Personal data
 * (`contact`, `note`) is written first, under ids that come from the command's and that the event names.
 */
export async function sendUnder(
  roles: readonly string[],
  asking: Omit<Asking, 'role'>,
  { runtime, hashOf, putContact, putNote }: SendDeps,
): Promise<Answer> {
  let answer: Answer = { ok: false, code: 'forbidden', details: {}, replay: false };
  const { contact, note } = asking.command as { readonly contact?: unknown; readonly note?: unknown };
  if (typeof contact === 'string') await putContact(uuid5(asking.commandId, 'contact'), contact, asking);
  if (typeof note === 'string') await putNote(uuid5(asking.commandId, 'note'), note, asking);
  for (const role of roles) {
    answer = await runtime.send(envelopeFor({ ...asking, role }, hashOf));
    if (answer.ok || answer.code !== 'not_found') break;
  }
  return answer;
}
