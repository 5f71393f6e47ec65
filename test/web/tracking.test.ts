import * as assert from 'uvu/assert';
import type { Change } from '../../gateways/contract/change.ts';
import type { TrackAck } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { Tracking } from '../../web/client/tracking.ts';
import { spec } from '../_kit/spec.ts';

const ORDER = '11111111-1111-5111-8111-111111111111';
const change = (version: number): Change => ({
  order: ORDER,
  version,
  at: '2026-11-20T12:00:00.000Z',
  type: 'submitted',
  types: ['submitted'],
  status: 'SUBMITTED',
  site: 'north',
  revision: 1,
  priority: 0,
  epoch: 0,
  settings: { material: 'brass', finish: 'raw', quantity: 1, urgency: 'standard' },
  model: { id: ORDER, name: 'ring.stl', bytes: 84 },
  capture: null,
  waiting: { for: 'pricing', since: '2026-11-20T12:00:00.000Z', reason: 'to-price' },
});
const order = (version: number): Order => ({ id: ORDER, version }) as Order;

/** A line whose answers the test gives. */
class FakeLine {
  readonly state = 'open';
  readonly asked: { since?: number; token?: string }[] = [];
  #answers: ((ack: TrackAck) => void)[] = [];
  readonly #listeners = new Map<string, (message: never) => void>();

  on<T>(event: string, listener: (message: T) => void): void {
    this.#listeners.set(event, listener);
  }
  off(event: string): void {
    this.#listeners.delete(event);
  }
  ask<T>(event: string, message: unknown): Promise<T> {
    if (event !== 'track') return Promise.resolve({ ok: true } as T);
    this.asked.push(message as { since?: number; token?: string });
    return new Promise((resolve) => this.#answers.push(resolve as (ack: TrackAck) => void));
  }
  say(event: string, message: unknown): void {
    this.#listeners.get(event)?.(message as never);
  }
  push(version: number): void {
    this.say('order:changed', change(version));
  }
  async answer(ack: TrackAck): Promise<void> {
    this.#answers.shift()?.(ack);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function follow(): { line: FakeLine; seen: number[]; tracking: Tracking } {
  const line = new FakeLine();
  const tracking = new Tracking(line, ORDER);
  const seen: number[] = [];
  tracking.onChange = ({ version }) => seen.push(version);
  void tracking.open();
  return { line, seen, tracking };
}

const changes = (...versions: number[]): TrackAck => ({
  ok: true,
  order: order(versions.at(-1) ?? 0),
  changes: versions.map(change),
});

const test = spec('following an order');

test('the story so far comes first, then each new version once', async () => {
  const { line, seen } = follow();
  await line.answer(changes(1, 2, 3));
  line.push(4);
  line.push(4);
  line.push(3);
  assert.equal(seen, [1, 2, 3, 4]);
});

test('a change that overtakes the answer waits for it', async () => {
  const { line, seen } = follow();
  line.push(4);
  assert.equal(seen, []);
  await line.answer(changes(1, 2, 3));
  assert.equal(seen, [1, 2, 3, 4]);
});

test('a jump is filled by asking again after the last version seen', async () => {
  const { line, seen } = follow();
  await line.answer(changes(1, 2));
  line.push(5);
  assert.equal(seen, [1, 2]);
  assert.equal(
    line.asked.map(({ since }) => since),
    [0, 2],
  );
  await line.answer(changes(3, 4, 5));
  assert.equal(seen, [1, 2, 3, 4, 5]);
});

test('a line that comes back goes on after the last version seen', async () => {
  const { line, seen, tracking } = follow();
  await line.answer(changes(1, 2));
  void tracking.open();
  await line.answer(changes(3));
  assert.equal(seen, [1, 2, 3]);
  assert.equal(line.asked.at(-1)?.since, 2);
});

test('a whole order instead of its story sets the version from which to go on', async () => {
  const { line, seen } = follow();
  await line.answer({ ok: true, order: order(7), snapshot: true });
  line.push(7);
  line.push(8);
  assert.equal(seen, [8]);
});

test('who may not see the order is told the code', async () => {
  const { line, tracking } = follow();
  let code = '';
  tracking.onRefused = (refused) => {
    code = refused;
  };
  await line.answer({ ok: false, code: 'not_found' });
  assert.is(code, 'not_found');
});

test('a link that is taken back ends what is followed by it, not what is followed beside it', async () => {
  const line = new FakeLine();
  const tracking = new Tracking(line, ORDER, 'a token');
  const codes: string[] = [];
  tracking.onRefused = (code) => codes.push(code);
  void tracking.open();
  assert.is(line.asked.at(-1)?.token, 'a token');
  await line.answer(changes(1));
  line.say('track:ended', { order: '22222222-2222-5222-8222-222222222222' });
  assert.equal(codes, []);
  line.say('track:ended', { order: ORDER });
  assert.equal(codes, ['not_found']);
});

test('how long its price will take is told of the order that is followed, until it is followed no more', async () => {
  const { line, tracking } = follow();
  const places: number[] = [];
  tracking.onPrice = ({ position }) => places.push(position);
  const progress = { etaSeconds: null, done: false };
  line.say('price:progress', { ...progress, order: ORDER, position: 2 });
  line.say('price:progress', { ...progress, order: '22222222-2222-5222-8222-222222222222', position: 9 });
  tracking.close();
  line.say('price:progress', { ...progress, order: ORDER, position: 1 });
  assert.equal(places, [2]);
});
