/** Errors of libraries carry more than a log may show. */
import { createServer, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import pg from 'pg';
import { pino } from 'pino';
import * as assert from 'uvu/assert';
import { AndonError } from '../../src/errors.ts';
import { Redis } from '../../src/hot/redis.ts';
import { loggedError } from '../../src/telemetry/logged-error.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

const test = spec('errors in the log');

/** As src/telemetry/log.ts writes it. */
function logged(error: unknown): string {
  let written = '';
  const stream = new Writable({
    write(chunk, _, done) {
      written += String(chunk);
      done();
    },
  });
  pino({ serializers: { error: loggedError } }, stream).error({ error }, 'failed');
  return written;
}

test('a password that Redis refuses is not shown', async () => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (data) => socket.write('-WRONGPASS invalid\r\n'.repeat(String(data).split('*').length - 1)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const errors: Error[] = [];
  const redis = new Redis({
    url: `redis://:hunter2@127.0.0.1:${port}/0`,
    timeoutMs: 500,
    onError: (error) => errors.push(error),
  });
  try {
    await until('it was refused', () => errors.some(({ message }) => message.includes('WRONGPASS')));
  } finally {
    redis.close();
    server.close();
    for (const socket of sockets) socket.destroy();
  }
  assert.ok(
    errors.some((error) => JSON.stringify(Object.entries(error)).includes('hunter2')),
    'the error itself knows it',
  );
  for (const error of errors) assert.not(logged(error).includes('hunter2'), logged(error));
});

test('of an error of Postgres the rule is shown, not the row that broke it', () => {
  const error = new pg.DatabaseError('null value in column "site"', 99, 'error');
  Object.assign(error, { code: '23502', table: 'users', detail: 'Failing row contains (Bea, bea@example.com).' });
  const shown = logged(error);
  for (const word of ['23502', 'users', 'null value']) assert.ok(shown.includes(word), word);
  assert.not(shown.includes('bea@example.com'));
});

test('of our own all is shown, with its causes; of a cause no more than that', () => {
  const cause = Object.assign(new Error('refused'), { command: { args: ['hunter2'] } });
  const shown = logged(new AndonError('redis_away', 'Redis is away', { cause, details: { limit: 7 } }));
  for (const word of ['redis_away', 'refused', '"limit":7']) assert.ok(shown.includes(word), word);
  assert.not(shown.includes('hunter2'));
});
