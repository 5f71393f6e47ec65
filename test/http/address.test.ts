import type { IncomingMessage } from 'node:http';
import * as assert from 'uvu/assert';
import { addressOf, isLoopback, isSecure, networkOf } from '../../src/http/address.ts';
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
});

test('whom a proxy can’t name is nobody, above all not one of this machine', () => {
  for (const hop of ['nonsense', 'unix:', '203.0.113.7, ', '1.2.3.4.5', '127.0.0.1.evil.test', '::1]'])
    assert.not(isLoopback(addressOf(from('127.0.0.1', { 'x-forwarded-for': hop }), ['127.0.0.1'])), hop);
  assert.not(isLoopback('127.evil.test'));
});

test('a proxy may name the port too', () => {
  const behind = (hop: string): string => addressOf(from('127.0.0.1', { 'x-forwarded-for': hop }), ['127.0.0.1']);
  assert.equal(['203.0.113.7:80', '[2001:db8::1]:80', '[2001:db8::1]', '2001:db8::1'].map(behind), [
    '203.0.113.7',
    ...Array(3).fill('2001:db8::1'),
  ]);
});

test('all addresses of an IPv6 /64 count as one, IPv4 each for itself', () => {
  const same = ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:0DB8::9:8:7:6', '2001:db8:0:0:1:2:3:4'];
  assert.equal(new Set(same.map(networkOf)), new Set(['2001:db8:0:0::/64']));
  assert.is.not(networkOf('2001:db8:0:1::1'), networkOf('2001:db8::1'));
  assert.equal(['203.0.113.7', 'unknown', '::1'].map(networkOf), ['203.0.113.7', 'unknown', '0:0:0:0::/64']);
});

test('loopback is loopback in both families', () => {
  assert.ok(isLoopback('127.0.0.1') && isLoopback('::1') && !isLoopback('10.0.0.1') && !isLoopback(''));
});

test('only a known proxy may say that the caller speaks TLS', () => {
  assert.ok(isSecure(from('127.0.0.1', { 'x-forwarded-proto': 'https' }), ['127.0.0.1']));
  assert.not(isSecure(from('203.0.113.7', { 'x-forwarded-proto': 'https' }), ['127.0.0.1']));
});
