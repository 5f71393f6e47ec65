import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { readConfig, SETTINGS } from '../../src/config.ts';
import type { AndonError } from '../../src/errors.ts';
import { settingsDoc } from '../../src/settings-doc.ts';
import { spec } from '../_kit/spec.ts';

const test = spec('config');
const SECRETS = { ANDON_SECRET: 'x'.repeat(32), ANDON_TOKEN_KEY: 'key' };

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return (error as AndonError).details['faults'] as string[];
  }
};

test('the defaults are what the documents say', () => {
  assert.equal(readConfig(SECRETS), {
    port: 8080,
    host: '127.0.0.1',
    origins: [],
    proxies: ['127.0.0.1'],
    databaseUrl: 'postgres://localhost:5432/andon',
    databaseAdminUrl: '',
    redisUrl: 'redis://localhost:6379/0',
    amqpUrl: '',
    queues: 'classic',
    prefix: 'andon',
    dataDir: '.andon',
    filesDir: '.andon/files',
    spoolDir: '.andon/spool',
    spoolNode: '',
    spooledBytes: 268_435_456,
    tariffsDir: 'tariffs',
    secret: SECRETS.ANDON_SECRET,
    tokenKey: 'key',
    tokenTrust: '',
    signup: true,
    leaseMs: 3_000,
    leaseWaitMs: 250,
    redisTimeoutMs: 60,
    stateTtlMs: 86_400_000,
    refusalTtlMs: 600_000,
    mailboxLimit: 1_000,
    commandMs: 10_000,
    appendQueue: 10_000,
    streamKeep: 10_000,
    frameMs: 50,
    sessionMs: 900_000,
    priceValidMs: 604_800_000,
    expireMs: 604_800_000,
    cancelMs: 1_800_000,
    handOverMs: 900_000,
    closeMs: 1_209_600_000,
    graceMs: 120_000,
    uploadBytes: 67_108_864,
    ownerBytes: 2_000_000_000,
    jobPollMs: 1_000,
    relayMs: 100,
    jobLeaseMs: 30_000,
    jobSlots: 2,
    jobAttempts: 5,
    jobBackoffMs: 1_000,
    shares: {},
    priceMemoryMb: 512,
    priceTimeMs: 1_800_000,
    requestsPerSecond: 200,
    partnerRequestsPerSecond: 50,
    partnerOrdersPerMinute: 1_000,
    socketsPerUser: 50,
    socketsPerAddress: 1_000,
    drainMs: 5_000,
    drainSpreadMs: 30_000,
    opsPort: 0,
    opsHost: '127.0.0.1',
    demoPace: 1,
    pagesDir: 'dist/web',
    logLevel: 'info',
    logInTries: 5,
    signUpsPerMinute: 20,
    dutyLeaseMs: 2_000,
  });
  assert.is(Object.keys(readConfig(SECRETS)).length, Object.keys(SETTINGS).length);
});

test('all faults are told together, each with its variable and what was expected', () => {
  const faults = faultsOf({ ANDON_PORT: '99999', ANDON_SIGNUP: 'yes', REDIS_URL: 'http://x', ANDON_SECRET: 'short' });
  assert.equal(faults, [
    'ANDON_PORT must be a whole number from 1 to 65535',
    'REDIS_URL must be a URL with redis: or rediss:',
    'ANDON_TOKEN_KEY is missing: Ed25519 private key (PKCS #8 PEM, line breaks as \\n) that signs session tokens. The same on all nodes.',
    'ANDON_SIGNUP must be 0 or 1',
    'ANDON_SECRET must have at least 32 characters',
  ]);
});

test('a broker is optional, by none too', () => {
  const amqpUrl = (url: string): string => readConfig({ ...SECRETS, AMQP_URL: url }).amqpUrl;
  assert.equal(['', 'none', 'amqps://a/b'].map(amqpUrl), ['', '', 'amqps://a/b']);
  assert.equal(faultsOf({ ...SECRETS, AMQP_URL: 'nothing', ANDON_QUEUES: 'big' }), [
    'AMQP_URL must be a URL with amqp: or amqps:',
    'ANDON_QUEUES must be classic or quorum',
  ]);
});

test('shares of the workers are names with whole weights', () => {
  const shares = (text: string): object => readConfig({ ...SECRETS, ANDON_SHARES: text }).shares;
  assert.equal(shares('house=2, 5f0c=3'), { house: 2, '5f0c': 3 });
  for (const text of ['house', 'house=0', 'house=1.5', 'house=-1', '=2', 'a=1000'])
    assert.equal(faultsOf({ ...SECRETS, ANDON_SHARES: text }), [
      'ANDON_SHARES must be name=weight pairs by comma, each weight a whole number from 1 to 999',
    ]);
});

test('a node that names its spool has a name fit for a kind of jobs', () => {
  assert.is(readConfig({ ...SECRETS, ANDON_SPOOL_NODE: 'node-1.north' }).spoolNode, 'node-1.north');
  for (const name of ['a b', 'A', '-a', 'a:b', 'x'.repeat(64)])
    assert.equal(faultsOf({ ...SECRETS, ANDON_SPOOL_NODE: name }), [
      'ANDON_SPOOL_NODE must be a name of lower-case letters, digits, dots and hyphens',
    ]);
});

test('an empty variable counts as not given', () => {
  assert.is(readConfig({ ...SECRETS, ANDON_PORT: '' }).port, 8080);
});

test('the configuration can not be changed afterwards', () => {
  assert.throws(() => {
    (readConfig(SECRETS) as { port: number }).port = 1;
  });
});

test('docs/settings.md is what the table says', () => {
  assert.is(readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8'), settingsDoc());
});
