import * as assert from 'uvu/assert';
import type { Operator } from '../../gateways/contract/operator.ts';
import { type Floor, wallOf } from '../../web/wall/view.ts';
import { spec } from '../_kit/spec.ts';
import { at, capturedBy, card, T0 } from './example-card.ts';

const test = spec('the wall');
const MIN = 60_000;

const floor = (change: Partial<Floor>): Floor => ({
  cards: [],
  people: {},
  graceMs: 2 * MIN,
  usual: {},
  operators: [],
  now: T0,
  ...change,
});
const operator = (id: string, change: Partial<Operator> = {}): Operator => ({
  id,
  name: id,
  site: 'north',
  onShift: true,
  present: true,
  held: 0,
  limit: 3,
  skills: ['brass'],
  ...change,
});
const gone = (ms: number) => ({ name: 'x', present: false, since: at(-ms) });
const cancellation = { by: {}, reason: 'changed-mind', at: at(0), deadline: at(MIN) };
const fresh = { lane: 'new', capture: null } as const;

test('one lamp per order, the worst first, and what does not fit is counted', () => {
  const cards = [
    card('flow'),
    card('late', { due: at(-MIN) }),
    card('asked', { cancellation, due: at(-MIN) }),
    card('tight', { due: at(MIN) }),
    card('held', { hold: { reason: 'quality', by: {}, since: at(0) } }),
  ];
  assert.equal(wallOf(floor({ cards })).lanes.in_work.lamps, ['cancel', 'late', 'tight', 'hold', 'flow']);
  const many = wallOf(floor({ cards: Array.from({ length: 30 }, (_, n) => card(String(n), fresh)) })).lanes.new;
  assert.equal([many.count, many.lamps.length + many.more], [30, 30]);
});

test('an order is unattended when its holder has been away for longer than the grace, and it had the grace to come', () => {
  const alone = (awayMs: number, heldMs: number): number =>
    wallOf(floor({ cards: [card('a', { capture: capturedBy('ivan', -heldMs) })], people: { ivan: gone(awayMs) } }))
      .alone;
  assert.is(alone(3 * MIN, 10 * MIN), 1);
  assert.is(alone(MIN, 10 * MIN), 0);
  assert.is(alone(10 * MIN, MIN), 0);
});

test('first come cancellations, then late, unattended and tight orders, at most four, each by its date', () => {
  const cards = [
    card('calm'),
    card('tight', { due: at(10 * MIN) }),
    card('late-2', { ...fresh, due: at(-MIN) }),
    card('late-1', { ...fresh, due: at(-5 * MIN) }),
    card('asked', { cancellation }),
    card('alone', { capture: capturedBy('anna', -10 * MIN) }),
  ];
  const { first } = wallOf(floor({ cards, people: { anna: gone(5 * MIN) } }));
  assert.equal(
    first.map((entry) => [entry.card.order, entry.state, entry.holder, entry.ms]),
    [
      ['asked', 'cancel', 'ivan', MIN],
      ['late-1', 'late', undefined, 5 * MIN],
      ['late-2', 'late', undefined, MIN],
      ['alone', 'alone', 'anna', undefined],
    ],
  );
});

test('the oldest of a lane stands beside what is usual in its status', () => {
  const waiting = (ms: number) => ({ for: 'operators', since: at(-ms), reason: 'to-capture' }) as const;
  const cards = [
    card('a', { ...fresh, waiting: waiting(5 * MIN) }),
    card('b', { ...fresh, waiting: waiting(47 * MIN) }),
  ];
  const usual = { MANUFACTURING_APPROVED: { median: 8 * MIN, p95: 30 * MIN } };
  const { oldest } = wallOf(floor({ cards, usual })).lanes.new;
  assert.equal([oldest?.card.order, oldest?.ms, oldest?.usualMs, oldest?.slow], ['b', 47 * MIN, 8 * MIN, true]);
  const quick = { MANUFACTURING_APPROVED: { median: 8 * MIN, p95: 50 * MIN } };
  assert.is(wallOf(floor({ cards, usual: quick })).lanes.new.oldest?.slow, false);
  assert.is(wallOf(floor({ cards })).lanes.made.oldest, undefined);
});

test('no order is called slow for the time in which it was on hold, or its cancellation was to be answered', () => {
  const started = { status: 'MANUFACTURING_STARTED', capture: capturedBy('ivan', -300 * MIN) } as const;
  const since = (ms: number) => ({ waiting: { for: 'holder', since: at(-ms), reason: 'x' } }) as const;
  const held = card('held', {
    ...started,
    ...since(240 * MIN),
    hold: { reason: 'quality', by: {}, since: at(-240 * MIN) },
  });
  const asked = card('asked', { ...started, ...since(200 * MIN), cancellation });
  const usual = { MANUFACTURING_STARTED: { median: 8 * MIN, p95: 30 * MIN } };
  assert.is(wallOf(floor({ cards: [held, asked], usual })).lanes.in_work.oldest, undefined);
  const calm = card('calm', { ...started, ...since(9 * MIN) });
  const { oldest } = wallOf(floor({ cards: [held, calm, asked], usual })).lanes.in_work;
  assert.equal([oldest?.card.order, oldest?.slow, oldest?.usualMs], ['calm', false, 8 * MIN]);
});

test('what somebody else has taken over stands beside no figure: the card does not tell how long it is in work', () => {
  const waiting = { for: 'holder', since: at(-9 * MIN), reason: 'to-complete' } as const;
  const taken = card('a', { status: 'MANUFACTURING_STARTED', capture: capturedBy('anna', -9 * MIN), waiting });
  const usual = { MANUFACTURING_STARTED: { median: 8 * MIN, p95: 30 * MIN } };
  assert.is(wallOf(floor({ cards: [taken], usual })).lanes.in_work.oldest?.usualMs, undefined);
});

test('the crew is who is on shift or holds something all the same; those who are away stand last', () => {
  const operators = [
    operator('anna'),
    operator('off', { onShift: false }),
    operator('ivan', { onShift: false, present: false }),
    operator('bella'),
  ];
  const { crew } = wallOf(floor({ cards: [card('a'), card('b')], operators, people: { ivan: gone(9 * MIN) } }));
  assert.equal(
    crew.map(({ id, held, awayMs }) => [id, held, awayMs]),
    [
      ['anna', 0, undefined],
      ['bella', 0, undefined],
      ['ivan', 2, 9 * MIN],
    ],
  );
});
