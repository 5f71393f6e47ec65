import { createHmac } from 'node:crypto';
import type { Envelope } from './actor.ts';

/** JSON with sorted keys: equal values give equal text, whatever the order of their fields. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  let text = '';
  for (const name of Object.keys(value).sort()) {
    const field: unknown = Reflect.get(value, name);
    if (field !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonical(field)}`;
  }
  return `{${text}}`;
}

/**
 * Tells a repeat from a reused key: keyed (HMAC-SHA-256, so the log gives nothing to guess fields from), over issuer,
 * actor, type and fields; not over If-Match nor the transport. Hex, 64 characters.
 */
export function commandHash(secret: string, envelope: Omit<Envelope, 'hash'>): string {
  const { issuer, kind, actor, command } = envelope;
  return createHmac('sha256', secret)
    .update(canonical([issuer.tenant, issuer.id, kind, actor, command]))
    .digest('hex');
}
