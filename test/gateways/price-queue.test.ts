import * as assert from 'uvu/assert';
import { PriceQueue } from '../../gateways/storefront/live-progress.ts';
import type { Line } from '../../src/live/line.ts';
import type { QueuePlace } from '../../src/work/pace.ts';
import { type Fixture, spec } from '../_kit/spec.ts';
import { until } from '../_kit/until.ts';

interface Desk {
  readonly queue: PriceQueue;
  readonly places: Map<string, QueuePlace>;
  readonly asked: string[][];
  away: boolean;
  /** A line, and what it was sent. */
  line(): { line: Line; sent: unknown[]; slow: boolean };
}

const withDesk: Fixture<Desk> = async (lend) => {
  const [places, asked]: [Map<string, QueuePlace>, string[][]] = [new Map(), []];
  const desk = { places, asked, away: false };
  const queue = new PriceQueue({
    progressMs: 5,
    async pricePlaces(orders) {
      asked.push([...orders]);
      if (desk.away) throw new Error('the database is away');
      return new Map(places);
    },
  });
  const line = () => {
    const made = { sent: [] as unknown[], slow: false, line: undefined as unknown as Line };
    made.line = {
      get slow() {
        return made.slow;
      },
      send: (event: string, message: unknown) => made.sent.push([event, message]),
    } as unknown as Line;
    return made;
  };
  try {
    await lend(Object.assign(desk, { queue, line }));
  } finally {
    queue.close();
  }
};

const test = spec('who waits for a price', withDesk);

const told = (order: string, position: number, etaSeconds: number | null, done = false) => [
  'price:progress',
  { order, position, etaSeconds, done },
];

test('is told its place when that changes, and once that it is over', async ({ queue, places, asked, line }) => {
  const { line: mine, sent } = line();
  places.set('a', { position: 2, etaMs: null });
  const waiter = queue.follow(mine, 'a');
  waiter.reached('SUBMITTED');
  await until('the first', () => sent.length === 1);
  const before = asked.length;
  await until('it was asked three times more', () => asked.length > before + 3);
  assert.equal(sent, [told('a', 2, null)]);
  places.set('a', { position: 0, etaMs: 1_400 });
  waiter.reached('PRICING');
  await until('the second', () => sent.length === 2);
  waiter.reached('PRICE_CALCULATED');
  waiter.reached('MANUFACTURING_APPROVED');
  assert.equal(sent.slice(1), [told('a', 0, 2), told('a', 0, 0, true)]);
});

test('orders of all lines are one question, and none is asked when nobody waits', async (desk) => {
  const { queue, places, asked, line } = desk;
  for (const order of ['a', 'b']) places.set(order, { position: 1, etaMs: 5_000 });
  const lines = [line(), line(), line()];
  const waiters = [
    queue.follow(lines[0]!.line, 'a'),
    queue.follow(lines[1]!.line, 'a'),
    queue.follow(lines[2]!.line, 'b'),
  ];
  assert.equal(asked, []);
  for (const waiter of waiters) waiter.reached('PRICING');
  await until('all are told', () => lines.every(({ sent }) => sent.length === 1));
  assert.equal(asked[0], ['a', 'b']);
  waiters[0]!.reached('PRICE_FAILED');
  waiters[1]!.end();
  waiters[2]!.end();
  const after = asked.length;
  const other = queue.follow(line().line, 'c');
  other.reached('SUBMITTED');
  await until('the next question', () => asked.length > after);
  // One that was under way may still have named the others.
  assert.equal(asked.at(-1), ['c']);
  other.end();
  assert.equal(
    lines.map(({ sent }) => sent.length),
    [2, 1, 1],
  );
});

test('an order that never waited is told nothing', async ({ queue, asked, line }) => {
  const { line: mine, sent } = line();
  const waiter = queue.follow(mine, 'a');
  waiter.reached('INITIATED');
  waiter.reached('PRICE_CALCULATED');
  waiter.end();
  assert.equal([sent, asked], [[], []]);
});

test('a database that is away and a line that can’t keep up only delay', async (desk) => {
  const { queue, places, asked, line } = desk;
  const mine = line();
  places.set('a', { position: 7, etaMs: 60_000 });
  desk.away = true;
  const waiter = queue.follow(mine.line, 'a');
  waiter.reached('SUBMITTED');
  await until('it was asked again', () => asked.length > 2);
  assert.equal(mine.sent, []);
  mine.slow = true;
  desk.away = false;
  const before = asked.length;
  await until('it was asked again', () => asked.length > before + 2);
  assert.equal(mine.sent, []);
  mine.slow = false;
  await until('it is told', () => mine.sent.length === 1);
  assert.equal(mine.sent, [told('a', 7, 60)]);
});
