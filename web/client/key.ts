/**
 * A fresh idempotency key: one per action of a person, repeated with every repeat of that action.
 * `getRandomValues`, not `randomUUID`: tablets on the floor may come over plain http, where the latter is missing.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
