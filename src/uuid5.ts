import { createHash } from 'node:crypto';

/** Name-based UUID, version 5 (RFC 9562 §5.5): SHA-1 over the namespace's 16 bytes and the name. */
export function uuid5(namespace: string, name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Namespaces: ids of callers, jobs, duties, orders and parts of a command can never meet. */
export const NAMESPACE = {
  command: 'a1d0c0de-0000-4000-8000-000000000001',
  job: 'a1d0c0de-0000-4000-8000-000000000002',
  order: 'a1d0c0de-0000-4000-8000-000000000003',
  model: 'a1d0c0de-0000-4000-8000-000000000004',
  duty: 'a1d0c0de-0000-4000-8000-000000000005',
} as const;
