import type { IncomingMessage } from 'node:http';
import * as assert from 'uvu/assert';
import { addressOf, isLoopback, isSecure } from '../../src/http/address.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('address');

const from = (remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

test('a known proxy is believed about who is behind it', () => {
  assert.is(addressOf(from('127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }), ['127.0.0.1']), '203.0.113.7');
  assert.is(addressOf(from('::ffff:127.0.0.1', { 'x-forwarded-for': '203.0.113.7' }), ['127.0.0.1']), '203.0.113.7');
});

test('nobody else is: the header of a stranger changes nothing', () => {
  assert.is(addressOf(from('203.0.113.7', { 'x-forwarded-for': '127.0.0.1' }), ['127.0.0.1']), '203.0.113.7');
});

test('of a chain, what a caller wrote in front of it does not count', () => {
  const chain = { 'x-forwarded-for': '127.0.0.1, 203.0.113.7, 10.0.0.2' };
  assert.is(addressOf(from('10.0.0.1', chain), ['10.0.0.1', '10.0.0.2']), '203.0.113.7');
  assert.is(addressOf(from('10.0.0.1', { 'x-forwarded-for': 'nonsense' }), ['10.0.0.1']), '10.0.0.1');
});

test('loopback is loopback in both families', () => {
  assert.ok(isLoopback('127.0.0.1') && isLoopback('::1') && !isLoopback('10.0.0.1') && !isLoopback(''));
});

test('only a known proxy may say that the caller speaks TLS', () => {
  assert.ok(isSecure(from('127.0.0.1', { 'x-forwarded-proto': 'https' }), ['127.0.0.1']));
  assert.not(isSecure(from('203.0.113.7', { 'x-forwarded-proto': 'https' }), ['127.0.0.1']));
});
