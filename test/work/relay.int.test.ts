import * as assert from 'uvu/assert';
import type { Outgoing } from '../../src/amqp/publisher.ts';
import { Topology } from '../../src/amqp/topology.ts';
import { Relay } from '../../src/work/relay.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';
import { type WithJobs, withJobs } from './with-jobs.ts';

const test = spec<WithJobs>('relay', withJobs);

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();

function open({ pool }: WithJobs, againMs = 3_600_000, send?: (messages: readonly Outgoing[]) => Promise<void>) {
  const sent: string[] = [];
  const state = { connected: true };
  const relay = new Relay({
    pool,
    kinds: ['test', 'other'],
    topology: new Topology('t', 'classic'),
    connected: () => state.connected,
    send: async (messages) => {
      await send?.(messages);
      sent.push(...messages.map(({ key }) => key));
    },
    told: () => undefined,
    report: () => undefined,
    everyMs: 10,
    againMs,
  });
  /** What one look sends. */
  const look = async (): Promise<readonly string[]> => {
    sent.length = 0;
    await relay.step();
    return [...sent].sort();
  };
  return { look, state };
}

test('wakes once for each due job, by kind, a partner’s apart', async (at) => {
  await at.add(2, { due: ago(1) });
  await at.add(1, { kind: 'other', due: ago(1) });
  await at.add(1, { kind: 'unknown', due: ago(1) });
  await at.pool.query(`update jobs set share = 'acme' where kind = 'other'`);
  assert.equal(await open(at).look(), ['t.work.other.slow', 't.work.test.fast', 't.work.test.fast']);
});

test('wakes nobody for what is not due, runs, or is over', async (at) => {
  await at.add(1, { due: ago(-3_600) });
  await at.add(1, { due: ago(1) });
  await at.jobs().claim(['test'], 1);
  assert.equal(await open(at).look(), []);
});

test('wakes for a job whose worker died', async (at) => {
  await at.add(1, { due: ago(1) });
  await at.jobs('dead', 1).claim(['test'], 1);
  const { look } = open(at);
  await until('its lease is over', async () => (await look()).length === 1);
});

test('does not repeat itself at once, but for more work', async (at) => {
  const { look } = open(at);
  await at.add(1, { due: ago(5) });
  assert.is((await look()).length, 1);
  assert.equal(await look(), []);
  await at.add(1, { due: ago(4) });
  assert.is((await look()).length, 2);
  assert.equal(await look(), []);
});

test('tells again what still waits after a while', async (at) => {
  const { look } = open(at, 50);
  await at.add(1, { due: ago(5) });
  assert.is((await look()).length, 1);
  await until('it is told again', async () => (await look()).length === 1);
});

test('however much waits, a look wakes sixteen times', async (at) => {
  await at.add(100, { due: ago(5) });
  assert.is((await open(at).look()).length, 16);
});

test('what could not be sent is told by the next look', async (at) => {
  let away = true;
  const { look } = open(at, undefined, async () => {
    if (away) throw new Error('the broker is away');
  });
  await at.add(1, { due: ago(5) });
  assert.is(await look().catch((error: Error) => error.message), 'the broker is away');
  away = false;
  assert.is((await look()).length, 1);
});

test('while there is no broker nothing is asked', async (at) => {
  const { look, state } = open(at);
  await at.add(1, { due: ago(5) });
  state.connected = false;
  assert.equal(await look(), []);
  state.connected = true;
  assert.is((await look()).length, 1);
});
