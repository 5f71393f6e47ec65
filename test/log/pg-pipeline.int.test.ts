/** What the batcher relies on in the pg package: `pipeline: true` is young. */
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as assert from 'uvu/assert';
import { withDatabaseLent } from '../_kit/database.ts';
import { type Fixture, spec } from '../_kit/spec.ts';

interface Piped {
  readonly client: pg.Client;
  readonly socket: Socket;
}

const withPiped: Fixture<Piped> = (lend) =>
  withDatabaseLent(async ({ url }) => {
    const socket = new Socket();
    const client = new pg.Client({ connectionString: url, pipeline: true, stream: () => socket });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await lend({ client, socket });
    } finally {
      await client.end();
    }
  }, '');

const test = spec('a pipelined connection of pg', withPiped);
const outcome = (query: Promise<pg.QueryResult>): Promise<unknown> =>
  query.then(
    ({ rows }) => rows[0]?.v,
    (error) => error.code ?? 'lost',
  );

test('sends the second statement before the first is answered', async ({ client, socket }) => {
  let answered = false;
  const first = client.query('select pg_sleep(0.2)').then(() => {
    answered = true;
  });
  const before = socket.bytesWritten;
  const second = client.query({ name: 'a', text: 'select $1::int as v', values: [1] });
  assert.ok(socket.bytesWritten > before);
  assert.is(answered, false);
  await Promise.all([first, second]);
});

test('one failing statement fails alone, wherever it stands', async ({ client }) => {
  const named = (v: unknown): pg.QueryConfig => ({ name: 'b', text: 'select 1 / $1::int as v', values: [v] });
  for (const at of [0, 1, 2, 3]) {
    const values = [1, 1, 1, 1].map((one, i) => (i === at ? 0 : one));
    const answers = await Promise.all(values.map((v) => outcome(client.query(named(v)))));
    assert.equal(
      answers,
      values.map((v) => (v === 0 ? '22012' : 1)),
    );
  }
});

test('each statement is its own transaction', async ({ client }) => {
  const put = (name: string): pg.QueryConfig => ({
    name: 'c',
    text: "insert into claims (name, kind, actor_id) values ($1, 'order', gen_random_uuid()) returning 1 as v",
    values: [name],
  });
  const answers = await Promise.all(['x', 'x', 'y'].map((name) => outcome(client.query(put(name)))));
  assert.equal(answers, [1, '23505', 1]);
});

test('when it is lost every statement on its way fails, in order, and later ones too', async ({ client, socket }) => {
  const order: number[] = [];
  const answers = [0, 1, 2].map((n) =>
    outcome(client.query('select pg_sleep(0.3) as v')).then((answer) => {
      order.push(n);
      return answer;
    }),
  );
  await sleep(20);
  socket.destroy();
  assert.equal(await Promise.all(answers), ['lost', 'lost', 'lost']);
  assert.equal(order, [0, 1, 2]);
  assert.is(await outcome(client.query('select 1 as v')), 'lost');
});

test('when its session is terminated the running statement tells why, those behind it fail as lost', async ({
  client,
}) => {
  const answers = await Promise.all([
    outcome(client.query('select pg_terminate_backend(pg_backend_pid())')),
    outcome(client.query('select 2 as v')),
  ]);
  assert.is(answers[0], '57P01');
  assert.ok(['lost', 'ECONNRESET', 'EPIPE'].includes(String(answers[1])), 'as the kernel tells it');
});
