/** The settings of every process on a stand: the product's defaults, but for limits that would stop a single user. */
import { generateKeyPairSync } from 'node:crypto';
import type { Addresses } from './stand.ts';

/** One for all processes of a bench. */
const TOKEN_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

export const environmentOf = ({ databaseUrl, adminUrl, redisUrl, tariffs }: Addresses): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  DATABASE_ADMIN_URL: adminUrl,
  REDIS_URL: redisUrl,
  AMQP_URL: 'none',
  ANDON_SECRET: 'a secret of at least thirty-two characters',
  ANDON_TOKEN_KEY: process.env['ANDON_BENCH_TOKEN_KEY'] ?? TOKEN_KEY.trimEnd().replaceAll('\n', '\\n'),
  ANDON_LOG: 'error',
  ANDON_REQUESTS_PER_SECOND: '1000000',
  ANDON_PAGES: 'none',
  ...(tariffs === undefined ? {} : { ANDON_TARIFFS: tariffs }),
});
