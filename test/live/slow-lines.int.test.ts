/** Clients that do not take what they are sent: nothing of ours may grow with what they ask. */
import * as assert from 'uvu/assert';
import { MOST_WAITING } from '../../src/live/backlog.ts';
import type { Line } from '../../src/live/line.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type Node, readAgain, stopReading, withSockets } from './open-sockets.ts';

const test = spec<Node>('a client that does not read', withSockets({ perSecond: 1_000 }), { deadlineMs: 20_000 });

const LARGE = 400_000;
const ignore = (): void => undefined;

/** Its socket, once so much waits for it that it is slow; and how many answers that took. */
async function slowClient({ connect, lines, served }: Node) {
  const socket = await connect({ token: 'ann' });
  const line = lines[0] as Line;
  stopReading(socket);
  for (let n = 1; !line.slow; n++) {
    socket.emit('answer', { bytes: LARGE }, ignore);
    await until('it is served', () => served.length === n);
  }
  return { socket, line, answers: served.length };
}

test('is not one who asks too much at once and reads what it is told', async ({ connect }) => {
  const socket = await connect({ token: 'ann' });
  const asked = Array.from({ length: 2_500 }, (_, n) => socket.timeout(10_000).emitWithAck('echo', { text: `${n}` }));
  const answers: { ok: boolean }[] = await Promise.all(asked);
  assert.ok(answers.filter(({ ok }) => !ok).length > 300);
  assert.ok(socket.connected);
});

test('is served nothing more; what it asks waits, and is answered in order once it reads again', async (node) => {
  const { socket, line, answers } = await slowClient(node);
  const heard: string[] = [];
  for (let n = 0; n < MOST_WAITING; n++)
    socket.emit('echo', { text: `${n}` }, ({ text }: { text: string }) => heard.push(text));
  const other = await node.connect({ token: 'bob' });
  await other.timeout(5_000).emitWithAck('echo', { text: 'other' });
  assert.equal(node.served.slice(answers), ['other']);
  assert.ok(line.slow && line.open);
  readAgain(socket);
  await until('all is answered', () => heard.length === MOST_WAITING, 10_000);
  assert.equal(heard, [...heard.keys()].map(String));
  assert.ok(!line.slow && socket.connected);
});

test('waits again after each large answer', async (node) => {
  const { socket, answers } = await slowClient(node);
  const served: number[] = [];
  for (let n = 0; n < 10; n++)
    socket.emit('answer', { bytes: 16 * LARGE }, () => served.push(node.served.length - answers));
  // Asked while the line is slow: what comes once it is not any more is begun at once, all of it.
  const other = await node.connect({ token: 'bob' });
  await other.timeout(5_000).emitWithAck('echo', { text: 'other' });
  readAgain(socket);
  await until('all is answered', () => served.length === 10, 15_000);
  // The system itself takes some on the way, not 64 MB; one was the other's.
  assert.ok((served[0] ?? 11) - 1 < 10, `${served[0]} were served when the first had come`);
});

test('and goes on asking is dropped, as a lost connection', async (node) => {
  const { socket, answers, line } = await slowClient(node);
  const reasons: string[] = [];
  socket.on('disconnect', (reason) => reasons.push(reason));
  for (let n = 0; n <= MOST_WAITING; n++) socket.emit('echo', { text: `${n}` }, ignore);
  await until('it is gone', () => !line.open && node.sockets.size === 0);
  assert.is(node.served.length, answers);
  readAgain(socket);
  await until('the client knows', () => reasons.length === 1);
  assert.is.not(reasons[0], 'io server disconnect');
});

test('is not answered garbage either', async (node) => {
  const { socket, line } = await slowClient(node);
  for (let n = 0; n < 3; n++) socket.emit('echo', { wrong: n }, ignore);
  for (let n = 0; n < MOST_WAITING; n++) socket.emit('echo', { text: '' }, ignore);
  await until('it is gone', () => !line.open);
});

test('and asks for namespaces there are not is cut', async (node) => {
  const { socket } = await slowClient(node);
  const { engine } = socket.io;
  for (let n = 0; n < 3_000; n++) engine.write('0/nowhere,');
  await until('it is gone', () => node.sockets.size === 0, 10_000);
});

test('has drained when its last bytes have gone, also where nothing is sent behind them', async (node) => {
  const socket = await node.connect({ token: 'ann' });
  const line = node.lines[0] as Line;
  stopReading(socket);
  socket.emit('answer', { bytes: 40 * LARGE }, ignore);
  await until('it is slow', () => line.slow);
  let drained = false;
  line.whenDrained(() => {
    drained = true;
  });
  readAgain(socket);
  await until('it has drained', () => drained, 5_000); // before the next ping
});

test('has one listener, however many wait until it has drained', async (node) => {
  const { socket, line } = await slowClient(node);
  const warnings: string[] = [];
  const warned = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', warned);
  const called: number[] = [];
  for (let n = 0; n < 60; n++) line.whenDrained(() => called.push(n));
  readAgain(socket);
  await until('all are called back', () => called.length === 60, 10_000);
  process.off('warning', warned);
  assert.equal([called, warnings], [[...called.keys()], []]);
});

test('is called back about nothing after it has gone', async (node) => {
  const { socket, line } = await slowClient(node);
  let called = 0;
  line.whenDrained(() => called++);
  socket.close();
  await until('it is gone', () => !line.open);
  line.whenDrained(() => called++);
  assert.is(called, 0);
});
