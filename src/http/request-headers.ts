/** Request headers that carry meaning: key, version, trace. Faults are told like those of fields. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from '../errors.ts';
import { randomHex } from './random-hex.ts';

const KEY = /^[\x20-\x7e]{1,200}$/;
/** `W/`: a proxy that compresses weakens the tag on the way; the version in it stays exact. */
const VERSION = /^(?:W\/)?"(\d{1,9})"$/;
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[\w-]{8,64}$/;

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

export interface WriteHeaders {
  readonly key: string | undefined;
  readonly expectedVersion: number | undefined;
  readonly faults: readonly Fault[];
}

export function writeHeaders(headers: IncomingHttpHeaders): WriteHeaders {
  const key = one(headers['idempotency-key']);
  const match = headers['if-match'];
  const version = match === undefined || match === '*' ? undefined : VERSION.exec(match)?.[1];
  const faults: Fault[] = [];
  if (key !== undefined && !KEY.test(key)) {
    faults.push({ path: '/Idempotency-Key', rule: '1-200 printable ASCII characters' });
  }
  if (match !== undefined && match !== '*' && version === undefined) {
    faults.push({ path: '/If-Match', rule: 'a version in quotes' });
  }
  return { key, expectedVersion: version === undefined ? undefined : Number(version), faults };
}

/** The caller's trace, or one that begins here (not sampled). */
export function traceOf(headers: IncomingHttpHeaders): string {
  const given = one(headers['traceparent']);
  if (given !== undefined && TRACEPARENT.test(given)) return given;
  return `00-${randomHex(16)}-${randomHex(8)}-00`;
}

export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = one(headers['x-request-id']);
  return given !== undefined && REQUEST_ID.test(given) ? given : randomHex(16);
}

/** Does `If-None-Match` name this tag? Weak comparison (RFC 9110 §13.1.2). */
export function noneMatches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return true;
  if (header === tag) return false; // nearly always
  if (header.trim() === '*') return false;
  const wanted = tag.replace(/^W\//, '');
  return !header.split(',').some((one) => one.trim().replace(/^W\//, '') === wanted);
}
