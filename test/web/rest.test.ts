import { createServer } from 'node:http';
import * as assert from 'uvu/assert';
import { ServerClock } from '../../web/client/clock.ts';
import { codeOf } from '../../web/client/problem.ts';
import { Rest } from '../../web/client/rest.ts';
import { spec } from '../_kit/spec.ts';

interface Asked {
  readonly key: string | undefined;
  readonly token: string | undefined;
}

interface World {
  readonly url: string;
  readonly asked: Asked[];
  /** Codes to answer with, then 200. */
  readonly codes: string[];
}

const STATUS: Readonly<Record<string, number>> = {
  unauthenticated: 401,
  too_many: 429,
  internal: 500,
  unavailable: 503,
};

const test = spec<World>('REST of a client', async (lend) => {
  const asked: Asked[] = [];
  const codes: string[] = [];
  const server = createServer((request, response) => {
    const key = request.headers['idempotency-key'];
    asked.push({ key: String(key), token: request.headers.authorization?.replace('Bearer ', '') });
    const code = codes.shift();
    response.writeHead(code === undefined ? 200 : (STATUS[code] ?? 409), { 'content-type': 'application/json' });
    response.end(JSON.stringify(code === undefined ? { ok: true } : { code }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP server');
  try {
    await lend({ url: `http://127.0.0.1:${address.port}`, asked, codes });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

const failure = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', codeOf);

test('with a key a write is repeated while nobody can answer, with a key of its own for all of it', async (world) => {
  const { url, asked, codes } = world;
  codes.push('unavailable', 'too_many', 'internal');
  const { body } = await new Rest(new ServerClock(), { url }).write('/x', {}, { key: 'k' });
  assert.equal([body, asked.map(({ key }) => key)], [{ ok: true }, ['k', 'k', 'k', 'k']]);
});

test('a limit or a fault that stays is told after a few, a no at once, without a key everything', async (world) => {
  const { url, asked, codes } = world;
  const rest = new Rest(new ServerClock(), { url });
  codes.push('too_many', 'too_many', 'too_many');
  assert.equal([await failure(rest.get('/x')), asked.length], ['too_many', 3]);
  codes.push('wip_limit');
  assert.equal([await failure(rest.write('/x', {}, { key: 'k' })), asked.length], ['wip_limit', 4]);
  codes.push('unavailable');
  assert.equal([await failure(rest.write('/x', {})), asked.length], ['unavailable', 5]);
});

test('goes in the name of the token at hand, and once more when the session was found again', async (world) => {
  const { url, asked, codes } = world;
  let token = 'old';
  const rest = new Rest(new ServerClock(), { url, token: () => token });
  rest.regain = async () => {
    token = 'new';
    return true;
  };
  codes.push('unauthenticated');
  assert.equal((await rest.write('/x', {})).body, { ok: true });
  await rest.write('/api/session', {}, { session: 'none' });
  assert.equal(
    asked.map((one) => one.token),
    ['old', 'new', undefined],
  );
  codes.push('unauthenticated', 'unauthenticated');
  assert.is(await failure(rest.get('/x')), 'unauthenticated', 'no more than once');
  codes.push('unauthenticated');
  assert.is(await failure(rest.write('/x', undefined, { session: 'as-it-is' })), 'unauthenticated');
  assert.is(asked.length, 6);
});
