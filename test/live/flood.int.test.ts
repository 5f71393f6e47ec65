/** Clients that send too much: they are held back, and nobody else is. */
import { Manager } from 'socket.io-client';
import * as assert from 'uvu/assert';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { DEAR, type Node, withSockets } from './open-sockets.ts';

const RATE = 100;
const test = spec<Node>('a client that sends too much', withSockets({ perSecond: RATE }), { deadlineMs: 20_000 });

interface Answer {
  readonly ok: boolean;
  readonly code?: string;
  readonly limit?: number;
}

type Client = Awaited<ReturnType<Node['connect']>>;

const ask = (socket: Client, event: string, message: object): Promise<Answer> =>
  socket.timeout(5_000).emitWithAck(event, message);

/** All at once. */
const burst = (socket: Client, count: number, event = 'echo'): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(socket, event, { text: `${n}` })));

test('is told so, with the limit, and has its part again a moment later', async ({ connect }) => {
  const socket = await connect({ token: 'ann' });
  const answers = await burst(socket, 150);
  const refused = answers.filter(({ ok }) => !ok);
  assert.ok(refused.length > 0 && refused.length <= 51, `${refused.length} refused`);
  assert.equal([refused[0]?.code, refused[0]?.limit], ['too_many', RATE]);
  await until('it is served again', async () => (await ask(socket, 'echo', { text: '' })).ok);
});

test('pays for what is dear, before anybody looks whether it makes sense', async ({ connect, served }) => {
  const socket = await connect({ token: 'ann' });
  const start = performance.now();
  const [answers, wrong] = await Promise.all([
    burst(socket, 40, 'dear'),
    Promise.all([1, 2, 3, 4].map((n) => ask(socket, 'dear', { wrong: n }))),
  ]);
  const seconds = (performance.now() - start) / 1_000;
  const had = answers.filter(({ ok }) => ok).length;
  assert.ok(had >= RATE / DEAR - 1 && had <= 1 + (RATE * (1 + seconds)) / DEAR, `${had} of 40`);
  assert.is(served.length, had);
  assert.ok(wrong.some(({ code }) => code === 'too_many'));
});

test('is not read for a moment, so that what it sends waits at its end', async ({ connect, served }) => {
  const socket = await connect({ token: 'ann' });
  const [text, before] = ['x'.repeat(1_000), served.length];
  let answered = 0;
  const start = performance.now();
  for (let n = 0; n < 5_000; n++) socket.emit('echo', { text }, () => answered++);
  const other = await connect({ token: 'bob' });
  assert.ok((await ask(other, 'echo', { text: 'other' })).ok);
  assert.ok(answered < 1_000, `${answered} were answered before another one came in`);
  await until('it has been answered for a while', () => answered > 500, 10_000);
  const seconds = (performance.now() - start) / 1_000;
  // 5 MB that are read 64 KB at a time, with rests between.
  assert.ok(answered / seconds < 1_000, `${answered} answers in ${seconds} s`);
  assert.ok(served.length - before <= RATE * (seconds + 1) + 1);
  assert.ok(socket.connected);
});

test('shares its part among all its sockets; guests of this machine have one for each', async ({ connect }) => {
  const [one, two] = [await connect({ token: 'ann' }), await connect({ token: 'ann' })];
  const start = performance.now();
  const had = (await Promise.all([burst(one, 150), burst(two, 150)])).flat().filter(({ ok }) => ok).length;
  const seconds = (performance.now() - start) / 1_000;
  assert.ok(had <= RATE * (1 + seconds) + 1, `${had} in ${seconds} s`);
  const [guest, another] = [await connect(), await connect()];
  const answers = await burst(guest, 150);
  assert.ok(answers.some(({ code }) => code === 'too_many'));
  assert.ok((await burst(another, 20)).every(({ ok }) => ok));
});

test('of anything at all is held back: acknowledgements that nobody waits for', async ({ connect, sockets }) => {
  const socket = await connect({ token: 'ann' });
  const { engine } = socket.io;
  let answered = false;
  for (let n = 0; n < 50_000; n++) engine.write(`3/test,${n}[${'"x"'.padEnd(100)}]`);
  socket.emit('echo', { text: 'behind it all' }, () => {
    answered = true;
  });
  const other = await connect({ token: 'bob' });
  const start = performance.now();
  await until('another one has been served for a while', async () => {
    await ask(other, 'echo', { text: 'other' });
    return performance.now() - start > 1_500;
  });
  assert.not(answered);
  assert.is(sockets.size, 2);
});

test('and tries to come in again and again on one connection loses it', async ({ port, sockets }) => {
  const manager = new Manager(`http://127.0.0.1:${port}`, { transports: ['websocket'], reconnection: false });
  await new Promise((resolve) => manager.once('open', () => resolve(undefined)));
  for (let n = 0; n < 15; n++) manager.engine.write('0/test,{"token":"bad"}');
  const errors: string[] = [];
  manager.on('packet', ({ nsp }) => errors.push(nsp));
  await until('they are refused', () => errors.length === 15);
  assert.is(sockets.size, 1);
  for (let n = 0; n < 15; n++) manager.engine.write('0/test,{"token":"bad"}');
  await until('it is gone', () => sockets.size === 0, 3_000);
});

/** So few that a busy machine makes no difference. */
const SELDOM = 5;
const seldom = spec<Node>('a client that joins', withSockets({ perSecond: SELDOM }), { deadlineMs: 20_000 });

seldom('pays for joining; whoever tries out tokens pays by address, but not on this machine', async ({ connect }) => {
  const codeOf = (who: { token?: string; from?: string }): Promise<string | undefined> =>
    connect(who).then(
      (socket) => void socket.close(),
      ({ code }) => code,
    );
  const ann = await connect({ token: 'ann' });
  await until('too_many', async () => {
    await burst(ann, SELDOM);
    return (await codeOf({ token: 'ann' })) === 'too_many';
  });
  const tries = (from?: string) =>
    Promise.all(Array.from({ length: 30 }, () => codeOf({ token: 'bad', ...(from ? { from } : {}) })));
  const far = await tries('203.0.113.7');
  assert.equal(new Set(far), new Set(['unauthenticated', 'too_many']));
  assert.equal(new Set(await tries()), new Set(['unauthenticated']));
  assert.is(await codeOf({ token: 'bob' }), undefined);
});
