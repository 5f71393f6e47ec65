import * as assert from 'uvu/assert';
import type { Change } from '../../gateways/contract/change.ts';
import type { Asks, Tells, TrackAck } from '../../gateways/contract/live.ts';
import type { Order } from '../../gateways/contract/order.ts';
import { Tracking } from '../../web/client/tracking.ts';
import { spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

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
  readonly asked: { order?: string; since?: number; token?: string }[] = [];
  readonly untracked: string[] = [];
  #answers: ((ack: never) => void)[] = [];
  #listeners: { readonly event: string; readonly hear: (message: never) => void }[] = [];
  #opens: (() => void)[] = [];

  on<E extends keyof Tells>(event: E, hear: (message: Tells[E]) => void): () => void {
    const one = { event, hear };
    this.#listeners.push(one);
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== one);
    };
  }
  onState(hear: (state: 'open') => void): () => void {
    this.#opens.push(() => hear('open'));
    return () => undefined;
  }
  ask<E extends keyof Asks>(event: E, message: Asks[E]['message']): Promise<Asks[E]['ack']> {
    if (event === 'untrack') this.untracked.push((message as { order: string }).order);
    if (event !== 'track') return Promise.resolve({ ok: true });
    this.asked.push(message as { since?: number; token?: string });
    return new Promise((resolve) => this.#answers.push(resolve));
  }
  say(event: string, message: unknown): void {
    for (const one of this.#listeners) if (one.event === event) one.hear(message as never);
  }
  comeBack(): void {
    for (const open of this.#opens) open();
  }
  push(version: number): void {
    this.say('order:changed', change(version));
  }
  async answer(ack: TrackAck): Promise<void> {
    this.#answers.shift()?.(ack as never);
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
  const { line, seen } = follow();
  await line.answer(changes(1, 2));
  line.comeBack();
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

test('two orders on one line are followed apart, and one goes on when the other is given up', async () => {
  const OTHER = '22222222-2222-5222-8222-222222222222';
  const { line, seen, tracking } = follow();
  await line.answer(changes(1));
  const other = new Tracking(line, OTHER);
  const seenOfOther: number[] = [];
  other.onChange = ({ version }) => seenOfOther.push(version);
  void other.open();
  await line.answer({ ok: true, order: { ...order(4), id: OTHER }, snapshot: true });
  line.push(2);
  line.say('order:changed', { ...change(5), order: OTHER });
  other.close();
  line.say('order:changed', { ...change(6), order: OTHER });
  line.push(3);
  assert.equal([seen, seenOfOther, line.untracked], [[1, 2, 3], [5], [OTHER]]);
  tracking.close();
});

test('a limit that does not pass is told after a while, one that passes is nobody’s business', async () => {
  const { line, tracking, seen } = follow();
  const codes: string[] = [];
  tracking.onRefused = (code) => codes.push(code);
  await line.answer({ ok: false, code: 'too_many' });
  await until('it is asked again', () => line.asked.length === 2);
  await line.answer(changes(1));
  assert.equal([codes, seen], [[], [1]]);
  void tracking.open();
  for (let asked = 3; asked < 7; asked++) {
    await until('it is asked again', () => line.asked.length === asked);
    await line.answer({ ok: false, code: 'too_many' });
  }
  assert.equal(codes, ['too_many']);
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

test('in another session the versions of another log begin again; in the same one nothing goes back', async () => {
  const { line, seen, tracking } = follow();
  await line.answer(changes(1, 2, 3));
  line.comeBack();
  await line.answer({ ok: true, order: order(2), snapshot: true });
  line.push(3);
  assert.equal(seen, [1, 2, 3]);
  tracking.sessionIsNew();
  line.comeBack();
  await line.answer({ ok: true, order: order(2), snapshot: true });
  line.push(3);
  assert.equal(seen, [1, 2, 3, 3]);
});
